import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { liveServer } from '#server/db/cluster.ts'
import { newProduct, type Product } from './product.ts'

let product: Product
before(async () => { product = await newProduct() })
after(() => product.forget())

test('the app works as a role that is no superuser, changes no table and cannot touch the operation log', async () => {
  await product.start()
  const { passwords } = JSON.parse(readFileSync(path.join(product.data, 'database.json'), 'utf8')) as { passwords: { app: string } }
  const live = liveServer({ folder: product.cluster })
  const client = new pg.Client({ host: live?.host, port: live?.port, database: 'kebu', user: 'kebu_app', password: passwords.app })
  await client.connect()
  const { rows } = await client.query('select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user')
  assert.deepEqual(rows, [{ rolsuper: false, rolcreaterole: false, rolcreatedb: false }])
  await client.query('select count(*) from audit')
  for (const text of ['delete from audit', "update audit set action = 'nothing'", 'truncate audit', 'alter table customers add x int', 'drop table customers', 'delete from migrations']) {
    await assert.rejects(client.query(text), { code: '42501' }, text)
  }
  await client.end()
})

test('passwords lie in a file that only its owner reads, and not in the log', () => {
  const note = path.join(product.data, 'database.json')
  assert.equal(statSync(note).mode & 0o777, 0o600)
  const log = readFileSync(path.join(product.cluster, '..', 'database.log'), 'utf8')
  const { passwords } = JSON.parse(readFileSync(note, 'utf8')) as { passwords: Record<string, string> }
  for (const password of Object.values(passwords)) assert.ok(!log.includes(password))
})

test('when the launcher is killed outright, the program and its database end too', async () => {
  await product.end('SIGTERM')
  const launcher = spawn(process.execPath, ['start.mjs', 'serve'], { env: { ...process.env, DATABASE_URL: '', KEBU_DATA: product.data, KEBU_PORT: String(product.port), KEBU_LANG: 'en' }, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  launcher.stdout.on('data', (piece: Buffer) => { said += piece.toString() })
  while (!said.includes('Ctrl+C')) await sleep(50)
  launcher.kill('SIGKILL')
  assert.equal(await product.quiet(30_000), true)
})

test('a database that is not ours is left alone', async () => {
  await product.start()
  const note = path.join(product.data, 'database.json')
  const theirs = readFileSync(note, 'utf8')
  await product.end('SIGKILL')
  const stranger = await newProduct()
  try {
    await stranger.start()
    // A folder whose note says that the stranger's database is its own, without knowing the password.
    copyFileSync(note, `${note}.kept`)
    const pretended = { ...JSON.parse(theirs), folder: stranger.cluster }
    writeFileSync(note, JSON.stringify(pretended), { mode: 0o600 })
    const { code } = await product.launch()
    assert.equal(code, 1)
    assert.match(product.said, /was not started by Kebu and was left alone/)
    assert.equal(stranger.postmasters().length, 1)
    renameSync(`${note}.kept`, note)
  } finally {
    await stranger.forget()
  }
})

test('a data folder whose database is missing is a loss that is said, not a new start', async () => {
  await product.end('SIGTERM')
  await product.quiet()
  const kept = `${product.cluster}.kept`
  renameSync(product.cluster, kept)
  const { code } = await product.launch()
  assert.equal(code, 1)
  assert.match(product.said, /should be in .* but is not there/)
  renameSync(kept, product.cluster)
  await product.start()
})

test('a taken port is said in one sentence, and the database does not stay behind', async () => {
  const second = await newProduct()
  const { code } = await second.launch({ KEBU_PORT: String(product.port) })
  assert.equal(code, 1)
  assert.match(second.said, new RegExp(`Port ${product.port} is taken by another program`))
  assert.equal(await second.quiet(), true)
  await second.forget()
})
