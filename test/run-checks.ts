import { spawnSync } from 'node:child_process'
import { type Count, title } from './run-count.ts'

const bin = (name: string) => `node_modules/.bin/${name}`

/** Checks without a database: each is one passed or failed. */
const checks: [name: string, program: string, args: string[]][] = [
  ['Lint', bin('oxlint'), ['--type-aware', '--format=unix']],
  ['Types of server and tests', bin('tsc'), ['-p', '.']],
  ['Types of the web client', bin('tsc'), ['-p', 'src/web']],
  ['Types of the browser flows', bin('tsc'), ['-p', 'test/e2e']],
  ['Web client builds', process.execPath, ['start.mjs', 'build']],
]

export const runChecks = (): Count[] =>
  checks.map(([name, program, args]) => {
    title(name)
    const { status, error } = spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' })
    if (error) console.error(error.message)
    if (status === 0) console.log('ok')
    return { name, passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1 }
  })
