import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { clock, stopwatch } from './clock.ts'
import { fill, makeBed } from './bed.ts'
import { measureExport, measureImport, searchCaughtUp } from './imports.ts'
import { measureCounts, measureLists, measureSearches } from './lists.ts'
import { measureOwnFields } from './own-fields.ts'
import { startProduct } from './product.ts'
import { measureSaves } from './saves.ts'
import { figures, timings, type Figure, type Row } from './table.ts'
import { bundleSize, installSize, mb, memoryOf, weights } from './weight.ts'

/** Everything that was measured at one size of company. */
export interface Measured {
  customers: number
  lists: Row[]
  searches: Row[]
  counts: Row[]
  saves: Row[]
  ownFields: Row[]
  figures: Figure[]
  facts: { importPerSecond: number; importOfCopy: number; csv: number; xlsx: number; warm: number; cold: number; idle: number; install: number; js: number; css: number }
}

export async function measureSize(data: string, customers: number, say: (line: string) => void): Promise<Measured> {
  const cold = await coldStart()
  say(`cold start ${cold.toFixed(1)} s`)
  const { demo, filled } = await filledFolder(data, customers)
  say(`demo ${filled.toFixed(0)} s`)
  const warm = await warmStart(data)
  say(`warm start ${warm.toFixed(1)} s`)

  const bed = await makeBed(data, customers, demo)
  try {
    await new Promise(resolve => { setTimeout(resolve, 3_000) })
    const idle = memoryOf(bed.product.pid, data)
    const step = async <T>(name: string, work: () => Promise<T>) => {
      const { seconds, result } = await stopwatch(work)
      say(`${name}: ${seconds.toFixed(0)} s`)
      if (Array.isArray(result)) say(timings(result as Row[]))
      else if (typeof result === 'object' && result !== null && 'figures' in result) say(figures(result.figures as Figure[]))
      return result
    }
    const lists = await step('lists', () => measureLists(bed))
    const searches = await step('searches', () => measureSearches(bed))
    const counts = await step('counts', () => measureCounts(bed))
    const saves = await step('saves', () => measureSaves(bed))
    const loaded = await step('memory', () => underLoad(bed.product.pid, data, () => clock(() => bed.boss('GET', '/customers?limit=50'), { rounds: 600, clients: 16 })))
    const exported = await step('exports', () => measureExport(bed))
    const imported = await step('imports', () => measureImport(bed, Math.min(customers, 100_000), bed.bossKey))
    const caught = await step('search catches up', () => searchCaughtUp(bed))
    // Last, because it rewrites every customer.
    const fields = await step('own fields', () => measureOwnFields(bed))
    const [install, bundle] = [installSize(), bundleSize()]
    return {
      customers, lists, searches, counts, saves, ownFields: fields.rows,
      figures: [
        { what: `demo company of ${customers.toLocaleString('en')} customers and ${demo.contacts.toLocaleString('en')} contacts, by command`, ours: `${demo.seconds.toFixed(0)} s` },
        ...fields.figures, ...imported.figures, { what: 'search catches up with the import after', ours: `${caught.seconds.toFixed(1)} s` }, ...exported.figures,
        { what: 'cold start: empty folder → first answer', ours: `${cold.toFixed(1)} s` }, { what: 'warm start: filled folder → first answer', ours: `${warm.toFixed(1)} s` },
        { what: 'memory at rest: program / database', ours: `${mb(idle.node)} / ${mb(idle.database)}` }, { what: 'memory with 16 clients: program / database', ours: `${mb(loaded.node)} / ${mb(loaded.database)}` },
        ...weights(install, bundle),
      ],
      facts: { importPerSecond: imported.perSecond, importOfCopy: imported.ofCopy, ...exported.seconds, warm, cold, idle: idle.node, install, js: bundle?.js ?? 0, css: bundle?.css ?? 0 },
    }
  } finally {
    await bed.close()
  }
}

async function coldStart(): Promise<number> {
  const data = mkdtempSync(path.join(tmpdir(), 'kb-cold-'))
  try {
    return await warmStart(data)
  } finally {
    rmSync(data, { recursive: true, force: true })
  }
}

async function warmStart(data: string): Promise<number> {
  const product = await startProduct(data)
  await product.stop()
  return product.readyAfter
}

/** A folder that was filled before is used again: what the demo told is kept beside it. */
async function filledFolder(data: string, customers: number) {
  const note = path.join(data, `demo-${customers}.json`)
  if (existsSync(note)) return { demo: JSON.parse(readFileSync(note, 'utf8')) as ReturnType<typeof fill>, filled: 0 }
  const { seconds, result } = await stopwatch(async () => fill(data, customers))
  writeFileSync(note, JSON.stringify(result))
  return { demo: result, filled: seconds }
}

/** The most memory while something runs. */
async function underLoad(pid: number, data: string, work: () => Promise<unknown>) {
  let most = memoryOf(pid, data)
  const timer = setInterval(() => {
    const now = memoryOf(pid, data)
    most = { node: Math.max(most.node, now.node), database: Math.max(most.database, now.database) }
  }, 200)
  await work().finally(() => clearInterval(timer))
  return most
}
