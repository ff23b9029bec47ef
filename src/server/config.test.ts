import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { sentence } from './say.ts'

test('without any setting everything has a working value', () => {
  const { data, ...rest } = readConfig({})
  assert.equal(data, path.resolve('data'))
  assert.deepEqual(rest, { port: 3080, host: '127.0.0.1', publicUrl: null, database: null, databaseOwner: null, admin: null, lang: 'zh-CN', timeZone: 'Asia/Shanghai', tls: null })
})

const wrong: [name: string, value: string, rest?: Record<string, string>][] = [
  ['KEBU_PORT', '3o80'], ['KEBU_PORT', '65536'], ['KEBU_PORT', '-1'],
  ['KEBU_HOST', 'a b'],
  ['KEBU_PUBLIC_URL', 'crm.example'], ['KEBU_PUBLIC_URL', 'ftp://crm.example'],
  ['DATABASE_URL', 'mysql://db.example/x'], ['DATABASE_OWNER_URL', 'db.example'],
  ['KEBU_ADMIN_LOGIN', 'lilei'], ['KEBU_ADMIN_PASSWORD', 'xinghe-2026'],
  ['KEBU_LANG', 'fr'],
  ['KEBU_TZ', 'Asia/Nowhere'],
  ['KEBU_TLS_CERT', '/no/such/file', { KEBU_TLS_KEY: '/no/such/key' }], ['KEBU_TLS_KEY', '/no/such/key'],
]

for (const [name, value, rest] of wrong) {
  test(`${name}=${value} stops the start with one sentence that names the setting`, () => {
    assert.throws(() => readConfig({ [name]: value, ...rest }), error => {
      for (const lang of ['zh-CN', 'en'] as const) {
        const text = sentence(lang, error)
        assert.match(text, new RegExp(`\\b${name}\\b`))
        assert.doesNotMatch(text, /\n|\{/)
      }
      return true
    })
  })
}

test('the password of a database address is never repeated', () => {
  assert.throws(() => readConfig({ DATABASE_URL: 'mysql://me:geheim@db.example/x' }), error => !sentence('en', error).includes('geheim'))
})

test('a public address loses its last slash, so that paths can follow it', () => {
  assert.equal(readConfig({ KEBU_PUBLIC_URL: 'https://crm.example/kebu/' }).publicUrl, 'https://crm.example/kebu')
})
