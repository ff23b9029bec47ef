import { existsSync, globSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from './chromium.ts'
import { runBrowserTests } from './run-browser.ts'
import { runChecks } from './run-checks.ts'
import { runNodeTests } from './run-node.ts'
import { type Count, sum, title } from './run-count.ts'

/** What `npm test` does: the checks, the tests on a real PostgreSQL, the tests in a real browser. Ends with one line of numbers. */
const { values: options, positionals: named } = parseArgs({
  options: { long: { type: 'boolean', default: false }, pg15: { type: 'boolean', default: false } },
  allowPositionals: true,
})
process.chdir(path.join(import.meta.dirname, '..'))

const patterns = ['src/**/*.test.ts', 'test/**/*.test.ts', 'test/e2e/**/*.spec.ts', ...(options.long ? ['src/**/*.long.ts', 'test/**/*.long.ts'] : [])]
const isBrowserTest = (file: string) => file.startsWith('test/e2e/')
const isFaultTest = (file: string) => file.startsWith('test/faults/')

const counts: Count[] = []
const files = named.length > 0 ? named.map(file => path.relative('.', file)) : globSync(patterns).sort()
for (const file of files) if (!existsSync(file)) fail(`no such file: ${file}`)

if (named.length === 0 && !options.pg15) counts.push(...runChecks())
const nodeTests = files.filter(file => !isBrowserTest(file) && !isFaultTest(file))
const faultTests = files.filter(isFaultTest)
const version = options.pg15 ? 15 : 18
if (nodeTests.length > 0) counts.push(await runNodeTests(`Tests on PostgreSQL ${version}`, nodeTests, { version, concurrency: 2, isLong: options.long }))
// A killed database is measured alone: the others would make it late.
if (faultTests.length > 0 && !options.pg15) counts.push(await runNodeTests('Crashes, full disks, second starts', faultTests, { version, concurrency: 1, isLong: options.long }))
const browserTests = files.filter(isBrowserTest)
if (browserTests.length > 0 && !options.pg15) counts.push(runBrowserTests(await findChromium(), named.length > 0 ? browserTests : []))

finish(counts)

function finish(all: Count[]) {
  title('Result')
  for (const { name, passed, failed } of all) console.log(`${failed === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${passed} passed, ${failed} failed`)
  const { passed, failed } = sum(all)
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 && passed > 0 ? 0 : 1)
}

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
