import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createWindowStore } from './window-store.ts'

interface Row { id: string; name: string }
interface Request { offset: number; limit: number; signal: AbortSignal; answer(): void; fail(): void }

/** A store whose requests wait until the test answers them. */
function slowStore(total = 100_000, keepPages = 60) {
  const requests: Request[] = []
  const store = createWindowStore<Row>({
    rowId: row => row.id,
    keepPages,
    load: (offset, limit, signal) => new Promise((resolve, reject) => {
      const rows = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => ({ id: `r${offset + index}`, name: `客户${offset + index}` }))
      requests.push({ offset, limit, signal, answer: () => resolve({ rows, total, totalIsEstimate: true }), fail: () => reject(new Error('offline')) })
    }),
  })
  const answerAll = async () => {
    while (requests.length > 0) {
      requests.shift()?.answer()
      await settled()
    }
  }
  return { store, requests, answerAll }
}

const settled = () => new Promise<void>(resolve => { setImmediate(resolve) })
const withClock = (context: TestContext) => context.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })

test('the first window is asked for at once', () => {
  const { store, requests } = slowStore()
  store.ensure(0, 60)
  assert.deepEqual(requests.map(request => request.offset), [0])
  assert.equal(store.isLoading, true)
})

test('dragging over the whole sheet asks for where it starts and where it stops, not for what it passes', async context => {
  withClock(context)
  const { store, requests, answerAll } = slowStore()
  store.ensure(0, 60)
  await answerAll()
  context.mock.timers.tick(500)
  let asked = 0
  for (let step = 1; step <= 40; step++) {
    store.ensure(step * 2000, step * 2000 + 60)
    asked += requests.splice(0).length
    context.mock.timers.tick(16)
  }
  assert.equal(asked, 1)
  context.mock.timers.tick(100)
  assert.deepEqual(requests.map(request => request.offset), [80_000])
  await answerAll()
  assert.equal(store.row(80_000)?.name, '客户80000')
})

test('an answer that comes while somebody drags starts nothing', async context => {
  withClock(context)
  const { store, requests } = slowStore()
  store.ensure(0, 60)
  store.ensure(5000, 5060)
  requests[0]?.answer()
  await settled()
  assert.deepEqual(requests.map(request => request.offset), [0])
  context.mock.timers.tick(100)
  assert.deepEqual(requests.map(request => request.offset), [0, 5000])
})

test('a machine that draws ten frames a second while somebody drags asks once a frame at most', async context => {
  withClock(context)
  const { store, requests, answerAll } = slowStore()
  store.ensure(0, 60)
  await answerAll()
  context.mock.timers.tick(500)
  let asked = 0
  for (let step = 1; step <= 20; step++) {
    store.ensure(step * 2000, step * 2000 + 60)
    context.mock.timers.tick(100)
    asked += requests.splice(0).length
  }
  assert.equal(asked, 20)
})

test('a request that nobody waits for any longer is aborted', context => {
  withClock(context)
  const { store, requests } = slowStore()
  store.ensure(0, 60)
  context.mock.timers.tick(500)
  store.ensure(50_000, 50_060)
  assert.equal(requests[0]?.signal.aborted, true)
  assert.equal(requests[1]?.signal.aborted, false)
})

test('never more than two requests are under way, and the middle of the window comes first', async () => {
  const { store, requests } = slowStore()
  store.ensure(0, 499)
  assert.deepEqual(requests.map(request => request.offset), [200, 100])
  requests[0]?.answer()
  await settled()
  assert.equal(requests.length, 3)
})

test('the pages seen longest ago are forgotten, never the visible ones', async context => {
  withClock(context)
  const { store, answerAll } = slowStore(100_000, 3)
  for (let page = 0; page < 6; page++) {
    store.ensure(page * 100, page * 100 + 50)
    context.mock.timers.tick(100)
    await answerAll()
  }
  assert.equal(store.row(0), undefined)
  assert.equal(store.row(550)?.id, 'r550')
})

test('a live hint loads the visible page again and keeps its rows meanwhile', async context => {
  withClock(context)
  const { store, requests, answerAll } = slowStore()
  store.ensure(0, 60)
  await answerAll()
  store.refresh()
  store.refresh()
  assert.equal(requests.length, 0)
  context.mock.timers.tick(200)
  assert.deepEqual(requests.map(request => request.offset), [0])
  assert.equal(store.row(5)?.name, '客户5')
})

test('after a failure the page is asked for again by itself', async context => {
  withClock(context)
  const { store, requests } = slowStore()
  store.ensure(0, 60)
  requests.shift()?.fail()
  await settled()
  assert.ok(store.problem instanceof Error)
  context.mock.timers.tick(3100)
  requests.shift()?.answer()
  await settled()
  assert.equal(store.problem, undefined)
  assert.equal(store.row(0)?.id, 'r0')
})

test('an optimistic change is shown at once and gone after a refusal', async () => {
  const { store, answerAll } = slowStore()
  store.ensure(0, 60)
  await answerAll()
  const first = store.patch('r5', row => ({ ...row, name: '新名字' }))
  const second = store.patch('r5', row => ({ ...row, name: `${row.name}!` }))
  assert.equal(store.row(5)?.name, '新名字!')
  assert.equal(store.row(5), store.row(5))
  first.rollback()
  assert.equal(store.row(5)?.name, '客户5!')
  second.settle({ id: 'r5', name: '服务器说的' })
  assert.equal(store.row(5)?.name, '服务器说的')
})

test('a change that is saved before anybody looked stays', async () => {
  const { store, answerAll } = slowStore()
  store.ensure(0, 60)
  await answerAll()
  store.patch('r5', row => ({ ...row, name: '已保存' })).settle()
  assert.equal(store.row(5)?.name, '已保存')
})

test('a page that is not full says where the rows end', async context => {
  withClock(context)
  const { store, answerAll } = slowStore(130)
  store.ensure(0, 60)
  await answerAll()
  assert.deepEqual([store.total, store.totalIsEstimate], [130, true])
  context.mock.timers.tick(500)
  store.ensure(60, 129)
  await answerAll()
  assert.deepEqual([store.total, store.totalIsEstimate], [130, false])
})

test('rows far outside of the window can be fetched for a copy', async () => {
  const { store, requests } = slowStore()
  const rows = store.fetch(5000, 5600)
  requests.shift()?.answer()
  await settled()
  requests.shift()?.answer()
  assert.deepEqual((await rows).map(row => row.id).filter((_, index) => index % 300 === 0), ['r5000', 'r5300', 'r5600'])
})
