import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { canBecomeOrdinary, newProduct, ordinary, type Person, type Product } from './product.ts'
import { Writer } from './writer.ts'

const isLong = process.env.KEBU_TEST_LONG === '1'
const people: [string, Person | null, number][] = [
  [process.getuid?.() === 0 ? 'as root' : 'as an ordinary user', null, isLong ? 100 : 10],
  ...(canBecomeOrdinary ? [['as an ordinary user', ordinary, isLong ? 30 : 3] satisfies [string, Person, number]] : []),
]

for (const [how, person, cycles] of people) {
  let product: Product
  let writer: Writer
  before(async () => {
    product = await newProduct(person)
    await product.start()
    writer = new Writer(product.address)
    await writer.signIn()
  })
  after(() => product.forget())

  test(`${how}: whatever is killed while people write, nothing acknowledged is lost (${cycles} times)`, { timeout: cycles * 60_000 }, async () => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      const before = writer.acknowledged.size
      writer.begin()
      await sleep(200 + ((cycle * 137) % 400))
      await kills[cycle % kills.length]?.(product)
      await writer.pause()
      assert.ok(writer.acknowledged.size > before, `cycle ${cycle}: nobody could write`)
      assert.deepEqual(await writer.lost(), [], `cycle ${cycle}`)
      assert.equal(product.postmasters().length, 1, `cycle ${cycle}: one database, and no orphan beside it`)
    }
  })

  test(`${how}: a second start on the same folder says so in one sentence and leaves the first alone`, async () => {
    const second = await newProduct(person)
    Object.assign(second, { data: product.data })
    const { code } = await second.launch()
    assert.equal(code, 1)
    assert.match(second.said, new RegExp(`^The data folder ${product.data} is in use by another Kebu \\(process ${product.child?.pid}\\); two cannot run on it at once\\n$`))
    assert.equal(await writer.write(), 201)
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`${how}: ${signal} ends everything, the database too, and loses nothing`, async t => {
      writer.begin()
      await sleep(300)
      assert.equal(await product.end(signal), 0)
      await writer.pause()
      assert.equal(product.postmasters().length, 0)
      const took = await product.start()
      assert.deepEqual(await writer.lost(), [])
      // Wall-clock times depend on the machine's other work: told, not judged.
      t.diagnostic(`warm start of product and database: ${Math.round(took)} ms`)
    })
  }
}

/** Each leaves a product that serves. */
const kills: ((product: Product) => Promise<unknown>)[] = [
  async product => {
    await product.end('SIGKILL')
    await product.start()
  },
  async product => {
    await product.end('SIGKILL')
    await product.quiet()
    await product.start()
  },
  async product => {
    product.killDatabase()
    await product.end('SIGKILL')
    await product.start()
  },
  // The program lives on and brings its database back by itself.
  async product => {
    product.killDatabase()
    await healthy(product)
  },
  async product => {
    await product.end('SIGKILL')
    product.killDatabase()
    await product.start()
  },
]

async function healthy(product: Product) {
  const probe = new Writer(product.address)
  for (let attempt = 0; attempt < 150; attempt++) {
    try {
      return await probe.signIn()
    } catch {
      await sleep(100)
    }
  }
  throw new Error(`the database did not come back:\n${product.said}`)
}
