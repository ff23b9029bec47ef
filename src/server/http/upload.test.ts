import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { endpoint } from '#shared/api/endpoint.ts'
import { serve } from '../../../test/serve.ts'
import { FileAnswer, route } from './route.ts'
import { routes } from './routes.ts'

const keep = endpoint({ method: 'POST', path: '/keep', summary: '', policy: 'signedIn', status: 202 })
const file = endpoint({ method: 'GET', path: '/keep/file', summary: '', policy: 'signedIn' })
const server = await serve('upload', { routes: [
  ...routes,
  route(keep, ({ upload }) => upload(async ({ name, stream }) => ({ name, content: await text(stream) })), { kind: 'own' }),
  route(file, () => new FileAnswer(Readable.from(['﻿客户\r\n']), '客户"名单(2026).csv', 'text/csv; charset=utf-8', 11)),
] })
const cookie = await server.signIn()
after(server.close)

const send = async (form: FormData, headers: Record<string, string> = { cookie: cookie ?? '' }) => {
  const response = await fetch(`${server.address}/api/v1/keep`, { method: 'POST', body: form, headers })
  return { status: response.status, json: await response.json() as ReturnType<typeof JSON.parse> }
}

function form(...parts: [string, string | File][]) {
  const made = new FormData()
  for (const [name, value] of parts) made.append(name, value)
  return made
}

const list = new File(['姓名,电话\n李雷,13800138000'], '客户 名单.csv')

test('the texts may come before the file or after it', async () => {
  for (const parts of [form(['object', 'customers'], ['file', list]), form(['file', list], ['object', 'customers'])]) {
    const { status, json } = await send(parts)
    assert.equal(status, 202)
    assert.deepEqual(json, { saved: { name: '客户 名单.csv', content: '姓名,电话\n李雷,13800138000' }, texts: { object: 'customers' } })
  }
})

test('exactly one file, in a multipart request, from who is signed in', async () => {
  assert.equal((await send(form(['object', 'customers']))).json.error.code, 'request.malformed')
  assert.equal((await send(form(['file', list], ['file', list]))).status, 413)
  assert.equal((await send(form(['file', list]), {})).status, 401)
  assert.equal((await server.ask('POST /keep', { cookie })).status, 415)
})

test('a file is saved under its own name, whatever is in it', async () => {
  const response = await fetch(`${server.address}/api/v1/keep/file`, { headers: { cookie: cookie ?? '' } })
  assert.equal(response.headers.get('content-disposition'), `attachment; filename="_____(2026).csv"; filename*=UTF-8''%E5%AE%A2%E6%88%B7%22%E5%90%8D%E5%8D%95%282026%29.csv`)
  assert.equal(response.headers.get('content-length'), '11')
})
