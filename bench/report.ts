import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import path from 'node:path'
import type { Measured } from './measure.ts'
import { figures, timings, verdicts, type Row, type Verdict } from './table.ts'

/** The page docs/performance.md: what people noted (`notes.md`), then targets and every table, as they came out of this run. */
export function report(measured: Measured[]): string {
  const sizes = measured.map(each => each.customers.toLocaleString('en')).join(' and ')
  return `${[
    '# Performance',
    '',
    `Written by \`npm run bench\`: do not edit. Measured with ${sizes} customers on ${cpus().length} cores (${cpus()[0]?.model ?? arch()}), ${Math.round(totalmem() / 1024 ** 3)} GB, ${platform()}, Node ${process.versions.node}, the embedded PostgreSQL with its shipped settings, durable (fsync on).`,
    'Everything goes through HTTP as a program with a key would ask, with permissions, operation log, change feed and search kept; the asking program runs on the same cores.',
    'A floor is the least that could be done: prepared SQL, or COPY, of the same rows on the same database in the same run, without permissions, labels, log or search. Ratios compare across machines, milliseconds do not.',
    '',
    readFileSync(path.join(import.meta.dirname, 'notes.md'), 'utf8'),
    ...measured.flatMap(sectionOf),
  ].join('\n')}\n`
}

function sectionOf(run: Measured): string[] {
  return [
    `## ${run.customers.toLocaleString('en')} customers`, '',
    verdicts(targetsOf(run)), '',
    '### Lists of 50', '', timings(run.lists), '',
    '### Search', '', timings(run.searches), '',
    'The floor of a search looks through one column with LIKE; the product searches nine, pinyin among them, and the contacts too.', '',
    '### Counts and sums', '', timings(run.counts), '',
    'A list shows an estimate above 10,000 and counts exactly on demand.', '',
    '### One record', '', timings(run.saves), '',
    'A save is one transaction with its operation id, log entry and change-feed entry, and its search document soon after; its floor is the bare statement.', '',
    '### Fields of one\'s own', '', timings(run.ownFields), '',
    'The floor is the same question to a standard field of the same values.', '',
    '### Files, starts, weight', '', figures(run.figures), '',
  ]
}

function targetsOf(run: Measured): Verdict[] {
  const { facts } = run
  const most = (target: string, value: number, limit: number, unit: string): Verdict => ({ target: `${target} ≤ ${limit} ${unit}`, reached: `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`, isMet: value <= limit })
  const least = (target: string, value: number, limit: number, unit: string): Verdict => ({ target: `${target} ≥ ${limit.toLocaleString('en')} ${unit}`, reached: `${value.toFixed(0)} ${unit}`, isMet: value >= limit })
  const p50 = (rows: Row[], what: string, clients = 1) => rows.find(row => row.what.startsWith(what) && row.clients === clients)?.ours.p50 ?? Infinity
  const worst = (rows: Row[], figure: 'p50' | 'p99') => Math.max(...rows.filter(row => row.clients === 1).map(row => row.ours[figure]))
  const common = [
    most('warm start of product and database', facts.warm, 4, 's'), most('program at rest', facts.idle, 150, 'MB'), most('production install', facts.install, 550, 'MB'),
    most('first route JavaScript, gzip', facts.js, 190, 'kB'), most('first route CSS, gzip', facts.css, 25, 'kB'),
  ]
  if (run.customers <= 100_000) {
    return [
      most('list, 1 client, p50', p50(run.lists, 'newest 50, sees all'), 5, 'ms'), most('filter, 1 client, p50', p50(run.lists, 'filter on two choices'), 5, 'ms'),
      most('search of two characters, 1 client, p50', p50(run.searches, 'two characters'), 5, 'ms'), most('create, 1 client, p50', p50(run.saves, 'create'), 3, 'ms'), most('update, 1 client, p50', p50(run.saves, 'update'), 3, 'ms'),
      least('list, 16 clients', run.lists.find(row => row.what.startsWith('newest 50') && row.clients === 16)?.ours.perSecond ?? 0, 300, '/s'),
      least('import', facts.importPerSecond, 10_000, 'rows/s'), most('export as csv', facts.csv, 1.5, 's'), most('export as xlsx', facts.xlsx, 10, 's'), ...common,
    ]
  }
  return [
    most('slowest list, 1 client, p50', worst(run.lists, 'p50'), 20, 'ms'), most('slowest list, 1 client, p99', worst(run.lists, 'p99'), 100, 'ms'),
    most('slowest search, 1 client, p50', worst(run.searches, 'p50'), 20, 'ms'), most('slowest search, 1 client, p99', worst(run.searches, 'p99'), 100, 'ms'),
    most('create, 1 client, p50', p50(run.saves, 'create'), 10, 'ms'), most('update, 1 client, p50', p50(run.saves, 'update'), 10, 'ms'),
    least('import, of COPY', facts.importOfCopy * 100, 40, '%'), ...common,
  ]
}
