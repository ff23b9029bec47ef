import { defineConfig } from '@playwright/test'

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

/** Browser flows on the real product. One after the other: the machines that run them are small. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  globalSetup: './build.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  // A small machine that is busy with something else may be late once; a flow that is wrong is wrong three times.
  retries: 2,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    launchOptions: { executablePath: process.env.KEBU_CHROMIUM ?? '/usr/bin/chromium', args: flags },
    viewport: { width: 1440, height: 900 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    screenshot: 'only-on-failure',
  } as NonNullable<Parameters<typeof defineConfig>[0]['use']>,
})
