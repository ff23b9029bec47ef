import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from '#server/db/sql.ts'
import { freshDatabase } from '../../../test/database.ts'
import { boss } from '../../../test/serve.ts'
import { createFirstAdministrator } from './first-admin.ts'
import { findSession } from './session.ts'
import { signIn } from './sign-in.ts'

const db = await freshDatabase('signin')
const lilei = await createFirstAdministrator(db, boss)
await db.query(sql`update users set phone = '13800138000', email = 'lilei@example.com' where id = ${lilei}`)
after(() => db.end())

const from = (address: string) => ({ address, agent: 'test' })
const right = { login: boss.login, password: boss.password }
const wrong = { login: boss.login, password: 'not-the-one' }
const defaults = { lang: 'zh-CN', timeZone: 'Asia/Shanghai' } as const

test('one signs in by login, phone or e-mail, however they are written', async () => {
  for (const login of ['lilei', ' LiLei ', '13800138000', '+86 138-0013-8000', 'LILEI@example.com']) {
    const session = await findSession(db, await signIn(db, { login, password: boss.password }, from('10.0.0.1')), defaults)
    assert.equal(session?.viewer.name, '李雷', login)
  }
})

test('whoever guesses waits longer and longer, and cannot lock out the owner elsewhere', async () => {
  for (let tries = 0; tries < 6; tries += 1) await assert.rejects(signIn(db, wrong, from('10.6.6.6')), { code: 'session.wrong' })
  await assert.rejects(signIn(db, right, from('10.6.6.6')), { code: 'request.tooMany' })
  assert.ok(await signIn(db, right, from('10.0.0.1')))
  await db.query(sql`update sign_in_failures set blocked_until = now()`)
  await assert.rejects(signIn(db, wrong, from('10.6.6.6')), { code: 'session.wrong' })
  const [{ seconds } = { seconds: 0 }] = await db.query<{ seconds: number }>(sql`select max(extract(epoch from blocked_until - now()))::float8 as seconds from sign_in_failures`)
  assert.ok(seconds > 1 && seconds <= 900)
})

test('an unknown login is made to wait just the same, and many at once count as many', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => signIn(db, { login: 'nobody', password: 'x' }, from('10.7.7.7'))))
  const codes = tries.map(each => each.status === 'rejected' && each.reason.code)
  assert.equal(codes.filter(code => code === 'session.wrong').length, 6)
  assert.equal(codes.filter(code => code === 'request.tooMany').length, 6)
})

test('after a success the count begins anew', async () => {
  for (let round = 0; round < 3; round += 1) {
    for (let tries = 0; tries < 4; tries += 1) await assert.rejects(signIn(db, wrong, from('10.0.0.2')), { code: 'session.wrong' })
    assert.ok(await signIn(db, right, from('10.0.0.2')))
  }
})

test('what was typed as a login is kept nowhere: it may be a password', async () => {
  await assert.rejects(signIn(db, { login: 'MyPassword!1', password: 'x' }, from('10.0.0.3')))
  const rows = await db.query<{ row: string }>(sql`select f::text as row from sign_in_failures f union all select a::text from audit a`)
  assert.ok(rows.every(({ row }) => !/mypassword/i.test(row)))
})

test('coming, failing and their address are in the operation log', async () => {
  const rows = await db.query<{ action: string; reason: string; name: string }>(sql`select action, reason, viewer_name as name from audit where record_id = ${lilei} and action like 'session.%'`)
  assert.ok(rows.some(row => row.action === 'session.open' && row.reason === '10.0.0.1' && row.name === '李雷'))
  assert.ok(rows.some(row => row.action === 'session.refused' && row.reason === '10.6.6.6'))
})

test('a phone that two people share names nobody', async () => {
  await db.query(sql`insert into users (id, name, phone) values (gen_random_uuid(), '另一个', '13800138000')`)
  await db.query(sql`insert into credentials (user_id, login, password) select id, 'other', 'x' from users where name = '另一个'`)
  await assert.rejects(signIn(db, { login: '13800138000', password: boss.password }, from('10.0.0.4')), { code: 'session.wrong' })
})
