import { type Finding, Problem } from '#shared/problem.ts'
import { type CsvRecord, csvRecords } from './csv-records.ts'
import { decodeFile, detectEncoding, type Encoding } from './encoding.ts'
import type { OpenOptions, Reading, SourceRow } from './read.ts'

const delimiters = [',', '\t', ';', '|']
const LINES_LOOKED_AT = 50

/** Separated text: encoding and delimiter are found, rows counted as a spreadsheet would count them. */
export async function readCsv(path: string, options: OpenOptions): Promise<Reading> {
  const encoding = await detectEncoding(path, options.encoding)
  const head = await firstText(path, encoding)
  const named = /^sep=(.)(\r\n|\r|\n)/i.exec(head)
  const delimiter = named?.[1] ?? findDelimiter(head)
  const findings: Finding[] = encoding.isExact ? [] : [{ code: 'file.badCharacters', values: { encoding: encoding.name } }]
  const rows = () => rowsOf(csvRecords(decodeFile(path, encoding), delimiter), named !== null, findings)
  if (await isEmpty(rows())) throw new Problem('file.empty')

  findings.length = encoding.isExact ? 0 : 1
  return { format: 'csv', encoding: encoding.name, sheets: [], sheet: null, findings, rows }
}

async function firstText(path: string, encoding: Encoding) {
  for await (const text of decodeFile(path, encoding)) if (text) return text
  return ''
}

/** The character that cuts the most lines into the same number of fields. */
function findDelimiter(text: string) {
  const lines = text.replace(/"[^"]*"/g, '').split(/[\r\n]+/, LINES_LOOKED_AT)
  const scores = delimiters.map(delimiter => {
    const counts = lines.map(line => line.split(delimiter).length - 1).filter(count => count > 0)
    const same = (count: number) => counts.filter(other => other === count).length
    return { delimiter, score: Math.max(0, ...counts.map(count => same(count) * count)) }
  })
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).delimiter
}

async function isEmpty(rows: AsyncIterable<SourceRow[]>) {
  for await (const _ of rows) return false
  return true
}

async function* rowsOf(records: AsyncIterable<CsvRecord[]>, hasSeparatorLine: boolean, findings: Finding[]): AsyncGenerator<SourceRow[]> {
  let row = 0
  for await (const batch of records) {
    const rows: SourceRow[] = []
    for (const { cells, isUnclosed } of batch) {
      row++
      if (isUnclosed) findings.push({ code: 'csv.unclosedQuote', values: { row } })
      while (cells.length && isNothing(cells.at(-1))) cells.pop()
      if (cells.length && !(row === 1 && hasSeparatorLine)) rows.push({ row, hidden: false, cells })
    }
    if (rows.length) yield rows
  }
}

// DOS ended its text files with Ctrl-Z, and some exports still do.
const isNothing = (cell: unknown) => cell === null || cell === '\x1a'
