import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashPassword, passwordFindings, verifyPassword } from './password.ts'

test('a password is kept as argon2id with its own salt, and recognised again', async () => {
  const [one, other] = [await hashPassword('xinghe-2026'), await hashPassword('xinghe-2026')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[^$]{22}\$[^$]{43}$/)
  assert.notEqual(one, other)
  assert.equal(await verifyPassword('xinghe-2026', one), true)
  assert.equal(await verifyPassword('xinghe-2027', one), false)
  assert.equal(await verifyPassword('xinghe-2026', null), false)
})

test('full-width digits typed by an input method are the same password', async () => {
  assert.equal(await verifyPassword('xinghe-２０２６', await hashPassword('xinghe-2026')), true)
})

test('too short, the login itself, or what everybody tries first is refused', () => {
  const codeOf = (password: string) => passwordFindings(password, 'lilei-2026')[0]?.code
  assert.equal(codeOf('1234567'), 'password.short')
  assert.equal(codeOf('LiLei-2026'), 'password.login')
  assert.equal(codeOf('woaini1314'), 'password.common')
  assert.equal(codeOf('aaaaaaaaaa'), 'password.common')
  assert.equal(codeOf('八个汉字的密码啊'), undefined)
})

test('a rush of sign-ins does not eat the machine: the rest are asked to come back', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 30 }, () => verifyPassword('x', null)))
  assert.equal(answers.filter(each => each.status === 'rejected' && each.reason.code === 'request.tooMany').length, 8)
})
