import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { newProduct, type Product } from './product.ts'
import { Writer } from './writer.ts'

/** Only root may mount; a container may forbid even that. */
const mounted = mountSmallDisk()
const skip = mounted ? false : 'needs a small disk of its own, which only root can mount'

let product: Product
let writer: Writer
before(async () => {
  if (!mounted) return
  product = await newProduct()
  Object.assign(product, { data: path.join(mounted, 'data') })
  await product.start()
  writer = new Writer(product.address)
  await writer.signIn()
})
after(async () => {
  if (!mounted) return
  await product.forget()
  execFileSync('umount', ['--lazy', mounted])
  rmSync(mounted, { recursive: true, force: true })
})

test('a full disk refuses what would be written, in words, and reading goes on', { skip }, async () => {
  assert.equal(await writer.write(), 201)
  fill()
  assert.equal(await becomes(507), 507)
  assert.equal(await writer.canRead(), true)
  assert.deepEqual(await writer.lost(), [])
})

test('a database that was killed while the disk is full starts again, to be read', { skip }, async () => {
  product.killDatabase()
  // Its last connections answer for a moment still.
  await sleep(2000)
  await eventually(async () => writer.canRead())
  assert.deepEqual(await writer.lost(), [])
  await product.end('SIGKILL')
  await product.start()
  assert.equal(await writer.canRead(), true)
  assert.equal(await writer.write(), 507)
})

test('when there is room again, writing goes on by itself', { skip }, async () => {
  rmSync(filler())
  assert.equal(await becomes(201), 201)
  assert.deepEqual(await writer.lost(), [])
})

function mountSmallDisk(): string | null {
  if (process.getuid?.() !== 0) return null
  const folder = mkdtempSync(path.join(tmpdir(), 'kb-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=420m,mode=0711', 'kebu-test', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
}

const filler = () => path.join(mounted ?? '', 'filler')

/** To the last byte, which somebody else may take meanwhile. */
function fill() {
  const { bavail, bsize } = statfsSync(mounted ?? '')
  try {
    writeFileSync(filler(), Buffer.alloc(bavail * bsize))
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
  }
}

async function becomes(status: number): Promise<number> {
  let last = 0
  await eventually(async () => (last = await writer.write()) === status)
  return last
}

async function eventually(isTrue: () => Promise<boolean>, patience = 30_000) {
  for (const end = Date.now() + patience; Date.now() < end; await sleep(200)) if (await isTrue().catch(() => false)) return
}
