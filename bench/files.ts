import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFile } from '#server/files/read.ts'
import type { Column, ColumnKind } from '#server/files/table.ts'
import { readInWorker } from '#server/files/worker.ts'
import { writeCsv } from '#server/files/write-csv.ts'
import { writeXlsx } from '#server/files/write-xlsx.ts'

/** One measured step: seconds of the clock and of both cores, and the highest memory of the whole process so far. */
export interface FileFigure {
  step: string
  seconds: number
  cpuSeconds: number
  memoryMb: number
  fileMb: number
}

/** Writes and reads a table of 20 columns. Peak memory only rises: run one size per process to learn it. */
export async function measureFiles(rowCount: number): Promise<FileFigure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kebu-bench-'))
  const [xlsx, csv] = [join(folder, 'table.xlsx'), join(folder, 'table.csv')]
  try {
    return [
      await measure('write xlsx', xlsx, () => writeXlsx(createWriteStream(xlsx), { sheet: '客户', columns, rows: makeRows(rowCount) })),
      await measure('read xlsx', xlsx, () => drain(openFile(xlsx, { name: 'table.xlsx' }), rowCount)),
      await measure('read xlsx in a worker', xlsx, () => drain(readInWorker(xlsx, { name: 'table.xlsx' }), rowCount)),
      await measure('write csv', csv, () => writeCsv(createWriteStream(csv), { columns, rows: makeRows(rowCount) })),
      await measure('read csv', csv, () => drain(openFile(csv, { name: 'table.csv' }), rowCount)),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measure(step: string, path: string, run: () => Promise<unknown>): Promise<FileFigure> {
  const [begin, used] = [performance.now(), process.cpuUsage()]
  await run()
  const { user, system } = process.cpuUsage(used)
  return {
    step,
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: (user + system) / 1e6,
    memoryMb: process.resourceUsage().maxRSS / 1024,
    fileMb: statSync(path).size / 1e6,
  }
}

async function drain(opening: ReturnType<typeof openFile>, rowCount: number) {
  let count = -1
  for await (const rows of (await opening).rows()) count += rows.length
  if (count !== rowCount) throw new Error(`${rowCount} rows were written, ${count} were read`)
}

const kinds: ColumnKind[] = ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'text', 'money', 'number', 'percent', 'date', 'date', 'datetime', 'datetime', 'text']
const columns: Column[] = kinds.map((kind, index) => ({ header: `列${index + 1}`, kind }))

/** Customers as a company has them: most words repeat, names and numbers do not. */
async function* makeRows(count: number) {
  for (let from = 0; from < count; from += 1000) {
    yield Array.from({ length: Math.min(1000, count - from) }, (_, index) => makeRow(from + index))
  }
}

function makeRow(row: number) {
  const pick = (words: string[], step: number) => words[(row * step) % words.length]
  const day = (step: number) => new Date(1_600_000_000_000 + ((row * step) % 1500) * 86_400_000 + (row % 86_400) * 1000).toISOString()
  return [
    `KH${String(row).padStart(8, '0')}`, `${pick(places, 7)}${pick(words, 3)}${pick(words, 5)}${row % 9973}有限公司`, pick(['王芳', '李娜', '张伟', '陈静', '刘洋'], 3), `138${String((row * 7919) % 100_000_000).padStart(8, '0')}`,
    `user${row}@example.com`, pick(places, 3), `${pick(places, 3)}市长江路${row % 999}号${row % 37}栋`, pick(['潜在客户', '意向客户', '成交客户'], 1), pick(['普通客户', '重点客户'], 1), pick(words, 11), pick(['行业展会', '转介绍', '线上推广'], 5), row % 3 ? null : '咨询采购，下周回访',
    `${(row * 37) % 1_000_000}.${String(row % 100).padStart(2, '0')}`, String(row % 60), String((row % 1000) / 10), day(3).slice(0, 10), day(7).slice(0, 10), day(11), day(13), `备注${row}`,
  ]
}

const places = ['北京', '上海', '广州', '深圳', '杭州', '成都', '武汉', '西安', '南京', '苏州', '天津']
const words = ['启航', '瑞丰', '东方', '新宇', '泰和', '安达', '润达', '鼎盛', '贸易', '科技', '制造', '能源', '医疗']

if (import.meta.main) {
  const rowCount = Number(process.argv[2] ?? 100_000)
  console.log(`${rowCount} rows of ${columns.length} columns`)
  for (const { step, ...figure } of await measureFiles(rowCount)) {
    console.log(step.padEnd(24), Object.entries(figure).map(([name, value]) => `${name} ${value.toFixed(1)}`).join('   '))
  }
}
