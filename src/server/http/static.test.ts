import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { serve } from '../../../test/serve.ts'

const web = mkdtempSync(path.join(tmpdir(), 'kebu-web-'))
mkdirSync(path.join(web, 'assets'))
writeFileSync(path.join(web, 'index.html'), '<!doctype html><title>客簿</title>')
writeFileSync(path.join(web, 'assets', 'app-1a2b.js'), `export const words = '${'客簿'.repeat(2_000)}'`)

const server = await serve('static', { webFolder: web })
const { ask } = server
after(server.close)

const html = { accept: 'text/html,application/xhtml+xml' }

test('a screen’s address opens the client, whichever screen it is', async () => {
  for (const [address, encoding] of [['//', 'br'], ['//', 'identity'], ['//customers', 'gzip'], ['//customers/C001/history', 'identity']]) {
    const { status, text, headers } = await ask(`GET ${address}`, { headers: { ...html, 'accept-encoding': encoding ?? '' } })
    assert.equal(status, 200, address)
    assert.match(text, /客簿/)
    assert.equal(headers.get('cache-control'), 'no-cache')
  }
})

test('a missing asset is missing, never the page', async () => {
  for (const address of ['//assets/app-old.js', '//favicon-old.png', '//assets', '//assets/', '//api/v2/customers']) assert.equal((await ask(`GET ${address}`, { headers: html })).status, 404, address)
  assert.equal((await ask('POST //customers', { headers: html })).status, 404)
})

test('assets are kept for ever and come compressed', async () => {
  const { headers } = await ask('GET //assets/app-1a2b.js', { headers: { 'accept-encoding': 'br' } })
  assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(headers.get('content-encoding'), 'br')
  assert.equal((await ask('GET //assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding'), 'gzip')
})

test('files outside the client cannot be asked for', async () => {
  for (const address of ['//../package.json', '//%2e%2e/package.json', '//assets/..%2f..%2fpackage.json', '//assets/%00']) {
    assert.doesNotMatch((await ask(`GET ${address}`)).text, /"dependencies"/)
  }
})

test('the browser runs nothing that we did not write', async () => {
  const { headers } = await ask('GET //', { headers: html })
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'self';/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.doesNotMatch(policy, /https?:|unsafe-eval|upgrade-insecure/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('strict-transport-security'), null, 'plain http in an intranet keeps working')
})
