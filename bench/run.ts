import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measureSize, type Measured } from './measure.ts'
import { report } from './report.ts'

/** `npm run bench [-- --customers 100000,1000000] [--data FOLDER] [--no-write]`: measures the real product on made-up companies and writes docs/performance.md. */
const { values } = parseArgs({ options: { customers: { type: 'string', default: '100000' }, data: { type: 'string' }, write: { type: 'boolean', default: true } }, allowNegative: true })

const measured: Measured[] = []
for (const customers of values.customers.split(',').map(Number)) {
  const data = values.data ?? mkdtempSync(path.join(tmpdir(), 'kb-bench-'))
  try {
    measured.push(await measureSize(data, customers, line => console.error(line)))
    // After each size: a run that is ended early has told something.
    if (values.write) writeFileSync(path.join(import.meta.dirname, '..', 'docs', 'performance.md'), report(measured))
  } finally {
    if (!values.data) rmSync(data, { recursive: true, force: true })
  }
}
console.log(report(measured))
