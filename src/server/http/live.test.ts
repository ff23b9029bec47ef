import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testServer } from '../../../test/database.ts'
import { serve } from '../../../test/serve.ts'

const server = await serve('live')
const { ask } = server
const boss = await server.signIn()
after(server.close)

interface Message { object?: string; ids?: string[]; ready?: boolean; presence?: { screen: string; user?: { name: string }; id?: string; field?: string } }

/** A screen that watches: what it has heard, and a way to wait for the next word. */
async function watch(address: string, cookie: string | undefined) {
  const heard: Message[] = []
  // Node's own client takes headers beside the protocols.
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/v1/live`, { headers: { cookie: cookie ?? '' } } as unknown as string[])
  const closed = new Promise<number>(resolve => socket.addEventListener('close', event => resolve(event.code)))
  socket.addEventListener('message', event => heard.push(JSON.parse(String(event.data)) as Message))
  const hears = async (isIt: (message: Message) => boolean) => {
    for (let waited = 0; waited < 3_000; waited += 20) {
      const found = heard.find(isIt)
      if (found) return found
      await pause(20)
    }
    throw new Error(`not heard among ${JSON.stringify(heard)}`)
  }
  await Promise.race([hears(message => message.ready === true), closed])
  const says = (editing: object | null) => socket.send(JSON.stringify({ editing }))
  return { heard, closed, hears, says, send: (text: string) => socket.send(text), close: () => socket.close() }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const create = async (name: string, cookie = boss) => (await ask('POST /customers', { cookie, body: { values: { name } } })).json.id as string

async function hire(login: string, role: string) {
  await ask('POST /users', { cookie: boss, body: { login, name: login, roles: [role], password: 'xinghe-2027' } })
  return server.signIn(login, 'xinghe-2027')
}

test('a second screen hears of a save in a moment: which record, and not a word of its content', async () => {
  const screen = await watch(server.address, boss)
  const id = await create('上海海天贸易有限公司')
  assert.deepEqual(await screen.hears(message => message.object === 'customers'), { object: 'customers', ids: [id] })
  screen.close()
})

test('a screen that shows a record hears that it went into the recycle bin', async () => {
  const id = await create('北京晨光文具有限公司')
  await pause(300)
  const screen = await watch(server.address, boss)
  await ask(`DELETE /customers/${id}`, { cookie: boss })
  assert.deepEqual((await screen.hears(message => message.object === 'customers')).ids, [id])
  screen.close()
})

test('nobody hears of records outside their scope', async () => {
  const sales = await hire('hanmeimei', '销售专员')
  const screen = await watch(server.address, sales)
  const hidden = await create('不归她的客户')
  const own = await create('她自己的客户', sales)
  await screen.hears(message => message.ids?.includes(own) === true)
  assert.ok(!JSON.stringify(screen.heard).includes(hidden))
  screen.close()
})

test('who works in which cell is told to those who may see the record and the field, and to nobody else', async () => {
  const [mine, theirs] = [await watch(server.address, boss), await watch(server.address, await hire('zhaoliu', '销售专员'))]
  const colleague = await watch(server.address, await server.signIn())
  const hidden = await create('只有老板看见的客户')
  mine.says({ object: 'customers', id: hidden, field: 'phone' })
  const { presence: told } = await colleague.hears(message => message.presence?.id === hidden)
  assert.deepEqual([told?.field, told?.user?.name], ['phone', '李雷'])
  mine.says(null)
  await colleague.hears(message => message.presence !== undefined && message.presence.id === undefined)

  const shared = await create('两个人的客户', await server.signIn('zhaoliu', 'xinghe-2027'))
  // Whoever names a record that they do not see is not passed on.
  theirs.says({ object: 'customers', id: hidden, field: 'name' })
  theirs.says({ object: 'customers', id: shared, field: 'name' })
  await mine.hears(message => message.presence?.id === shared)
  mine.says({ object: 'customers', id: shared, field: 'name' })
  await theirs.hears(message => message.presence?.id === shared)
  assert.ok(!JSON.stringify(theirs.heard).includes(hidden))
  assert.ok(!mine.heard.some(message => message.presence?.id === hidden))
  theirs.close()
  await mine.hears(message => message.presence !== undefined && message.presence.id === undefined)
  mine.close()
  colleague.close()
})

test('a screen that says anything else is shown out', async () => {
  const screen = await watch(server.address, boss)
  screen.send('{"editing":{"object":"customers","id":"x","field":"name"}}')
  assert.equal(await screen.closed, 1003)
})

test('strangers and other sites hear nothing', async () => {
  const stranger = await watch(server.address, 'kebu_session=made-up')
  assert.equal(await stranger.closed, 1006)
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }
  const foreign = await import('node:http').then(({ get }) => new Promise<number>(resolve => {
    get(`${server.address}/api/v1/live`, { headers: { ...upgrade, cookie: boss ?? '', origin: 'https://evil.example' } }, response => { resolve(response.statusCode ?? 0); response.destroy() })
  }))
  assert.equal(foreign, 403)
})

test('the live connection ends with the session, and with the member', async () => {
  const cookie = await hire('xiaoming', '只读')
  const screen = await watch(server.address, cookie)
  await ask('DELETE /session', { cookie })
  assert.equal(await screen.closed, 4401)

  const again = await watch(server.address, await server.signIn('xiaoming', 'xinghe-2027'))
  const { json } = await ask('GET /users?q=xiaoming', { cookie: boss })
  assert.equal((await ask(`POST /users/${json.records[0].id}/disable`, { cookie: boss })).status, 200)
  assert.equal(await again.closed, 4401)
})

test('a screen on another node hears it, too', async () => {
  const [{ database } = { database: '' }] = await server.db.query<{ database: string }>({ parts: ['select current_database()::text as database'], values: [] })
  const program = ['import { serve } from "./test/serve.ts"', 'import { open, testServer } from "./test/database.ts"',
    'const node = await serve("x", { isNew: true, db: open(await testServer(), process.env.NODE_DATABASE) })', 'console.log(node.address)', 'process.on("SIGTERM", () => node.close().then(() => process.exit()))'].join('\n')
  const { spawn } = await import('node:child_process')
  const node = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], { env: { ...process.env, NODE_DATABASE: database, KEBU_TEST_DATABASE: await testServer() }, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const address = await new Promise<string>(resolve => node.stdout.once('data', chunk => resolve(String(chunk).trim())))
    const screen = await watch(address, boss)
    await pause(300)
    const id = await create('另一台机器上的客户')
    await screen.hears(message => message.ids?.includes(id) === true)
    screen.close()
  } finally {
    node.kill('SIGTERM')
  }
})
