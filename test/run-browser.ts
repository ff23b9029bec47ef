import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Chromium } from './chromium.ts'
import { type Count, title } from './run-count.ts'

const name = 'Browser'

/** The flows in a real Chromium; without one they count as failed, not as forgotten. */
export function runBrowserTests(chromium: Chromium | null, files: string[]): Count {
  title(name)
  if (!chromium) {
    console.error('There is no Chromium on this machine and it could not be brought here: install it (Debian: apt-get install chromium fonts-noto-cjk), or name one with KEBU_CHROMIUM')
    return { name, passed: 0, failed: 1 }
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'kebu-browser-'))
  const report = path.join(folder, 'report.json')
  const env = { ...process.env, ...chromium.env, KEBU_CHROMIUM: chromium.program, PLAYWRIGHT_JSON_OUTPUT_NAME: report }
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json', ...files]
  try {
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env })
    return { name, ...counted(report, status) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function counted(report: string, status: number | null) {
  try {
    const { stats } = JSON.parse(readFileSync(report, 'utf8')) as { stats: { expected: number; unexpected: number; flaky: number } }
    if (stats.flaky > 0) console.log(`${stats.flaky} passed only when tried again: look at them`)
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected === 0 && status !== 0 ? 1 : stats.unexpected }
  } catch {
    return { passed: 0, failed: 1 }
  }
}
