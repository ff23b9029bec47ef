import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto'
import { promisify } from 'node:util'
import { Problem, type Finding } from '#shared/problem.ts'

// OWASP's second choice for argon2id: 19 MiB, two passes, one lane; about 30 ms on one core.
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const common = new Set([
  '12345678', '123456789', '1234567890', '11111111', '00000000', '88888888', '66666666', 'password', 'password1', 'passw0rd', 'qwertyui',
  'qwerty123', '1qaz2wsx', 'iloveyou', 'woaini1314', 'woaini520', '5201314520', 'a1234567', 'a12345678', 'abcd1234', 'aa123456', 'admin123', 'admin888', 'administrator',
])

/** The text that the database keeps: `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(salt)}$${base64(tag)}`
}

/** Takes the same time whether the login exists or not: without a stored text it compares with nothing in particular. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([^$]+)\$([^$]+)$/.exec(stored ?? '')
  if (!parts) {
    await derive(password, Buffer.alloc(16), cost)
    return false
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts
  const expected = Buffer.from(tag, 'base64')
  const settings = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength: expected.length }
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), settings), expected)
}

/** Long enough, not the login, not one that everybody tries first. */
export function passwordFindings(password: string, login: string, field = 'password'): Finding[] {
  if ([...password].length < 8) return [{ field, code: 'password.short', values: { least: 8 } }]
  if (password.length > 200) return [{ field, code: 'password.long', values: { most: 200 } }]
  if (password.toLowerCase() === login.toLowerCase()) return [{ field, code: 'password.login' }]
  if (common.has(password.toLowerCase()) || /^(.)\1+$/.test(password)) return [{ field, code: 'password.common' }]
  return []
}

// Hashing is made to be slow: two at once, twenty waiting, the rest come back later. Otherwise sign-ins could eat the machine.
const room = { running: 2, waiting: 20 }
let running = 0
const waiting: (() => void)[] = []
const argon2Async = promisify(argon2)

async function derive(password: string, nonce: Buffer, settings: typeof cost): Promise<Buffer> {
  await enter()
  try {
    const parameters: Argon2Parameters = { message: password.normalize('NFKC'), nonce, ...settings }
    return await argon2Async('argon2id', parameters)
  } finally {
    leave()
  }
}

async function enter() {
  if (running < room.running) {
    running += 1
    return
  }
  if (waiting.length >= room.waiting) throw new Problem('request.tooMany', { seconds: 3 })
  await new Promise<void>(resolve => waiting.push(resolve))
}

function leave() {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
