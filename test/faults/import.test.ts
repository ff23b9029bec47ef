import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import type { ImportOut } from '#shared/api/imports.ts'
import { boss, newProduct, type Product } from './product.ts'

const rows = 12_000

let product: Product
let cookie = ''
before(async () => {
  product = await newProduct()
  await product.start()
  const answer = await fetch(`${product.address}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(boss) })
  cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
})
after(() => product.forget())

test('an import goes on after every kill of the program and of its database, and ends with exactly its rows', { timeout: 240_000 }, async () => {
  const id = await upload(Array.from({ length: rows }, (_, i) => `F${i},断电公司${i},139${String(10_000_000 + i)},王${i}`))
  await until(id, one => one.state === 'ready')
  await ask<ImportOut>('POST', `/imports/${id}/commit`)
  for (const [share, kill] of [[0.2, () => {}], [0.5, () => product.killDatabase()]] as const) {
    await until(id, one => (one.counts.created ?? 0) >= rows * share)
    kill()
    await product.end('SIGKILL')
    await product.start()
    const now = await ask<ImportOut>('GET', `/imports/${id}`)
    assert.ok(now.state === 'committing' && (now.counts.created ?? 0) >= rows * share, `${now.state} ${now.counts.created}`)
  }
  const done = await until(id, one => one.state === 'done')
  assert.deepEqual([done.counts.created, done.counts.refused, done.counts.contactsCreated], [rows, 0, rows])
  assert.deepEqual(await numbers(), { all: rows, different: rows })
  const contacts = await ask<{ total: number }>('GET', '/contacts?limit=1&total=exact')
  assert.equal(contacts.total, rows)
})

async function upload(lines: string[]): Promise<string> {
  const form = new FormData()
  form.set('object', 'customers')
  form.set('file', new File([`客户编号,客户名称,电话,联系人\n${lines.join('\n')}\n`], '断电.csv'))
  const answer = await fetch(`${product.address}/api/v1/imports`, { method: 'POST', headers: { cookie, 'idempotency-key': uuidv7() }, body: form })
  assert.equal(answer.status, 202)
  return (await answer.json() as { id: string }).id
}

async function until(id: string, isSo: (one: ImportOut) => boolean): Promise<ImportOut> {
  for (;;) {
    const one = await ask<ImportOut>('GET', `/imports/${id}`)
    if (isSo(one)) return one
    assert.ok(['reading', 'ready', 'committing'].includes(one.state), `${one.state}: ${JSON.stringify(one.refusal)}`)
    await sleep(50)
  }
}

/** The numbers of the file among all customers: each once. */
async function numbers(): Promise<{ all: number; different: number }> {
  const found: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { records: { number: string }[]; next: string | null } = await ask('GET', `/customers?limit=500&fields=number${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
    found.push(...page.records.map(record => record.number))
    cursor = page.next
  }
  return { all: found.length, different: new Set(found).size }
}

async function ask<T>(method: string, path: string): Promise<T> {
  const answer = await fetch(`${product.address}/api/v1${path}`, { method, headers: { cookie, ...(method === 'POST' && { 'idempotency-key': uuidv7() }) }, signal: AbortSignal.timeout(30_000) })
  assert.ok(answer.ok, `${path}: ${answer.status}`)
  return await answer.json() as T
}
