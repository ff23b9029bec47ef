import base from '../playwright.config.ts'
const { globalSetup, ...rest } = base
export default { ...rest, testDir: '/work/main/test/e2e', outputDir: '/tmp/pw-out', timeout: 90000, expect: { timeout: 4000 } }
