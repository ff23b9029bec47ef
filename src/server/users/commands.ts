import type { Command, CommandContext } from '#server/command.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Db } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { say } from '#server/say.ts'
import { Problem } from '#shared/problem.ts'
import { createKey } from './keys.ts'
import { createUser } from './people.ts'
import { ensureShippedRoles } from './first-admin.ts'
import type { KeyScope } from './session.ts'

/** `user create --login L [--password P] [--role R] [--name N] [--department D]`: several roles with commas. */
export const userCommand: Command = {
  options: { login: { type: 'string' }, password: { type: 'string' }, role: { type: 'string' }, name: { type: 'string' }, department: { type: 'string' } },
  async run({ db, config, words, options }) {
    const { login, password, role, name, department } = texts(options)
    if (words[0] !== 'create' || words.length > 1 || !login) throw new Problem('usage.user')
    const user = await db.transaction(async tx => {
      await ensureShippedRoles(tx, config.lang)
      return createUser(tx, system('command line'), {
        login, name: name ?? login, roles: listOf(role), ...(password !== undefined && { password }), ...(department && { department: await departmentNamed(tx, department) }),
      })
    })
    const lines = [say(config.lang, 'people.created', { name: name ?? login, login }), ...(user.initialPassword ? [say(config.lang, 'people.initialPassword', { password: user.initialPassword })] : [])]
    return { text: lines.join('\n'), facts: { id: user.id, login, ...(user.initialPassword && { initialPassword: user.initialPassword }) } }
  },
}

/** `key create --user L [--scopes read,write] [--name N]`: prints the key, once. */
export const keyCommand: Command = {
  options: { user: { type: 'string' }, scopes: { type: 'string' }, name: { type: 'string' } },
  async run({ db, config, words, options }) {
    const { user, scopes = 'read', name = 'command line' } = texts(options)
    if (words[0] !== 'create' || words.length > 1 || !user) throw new Problem('usage.key')
    const made = await db.transaction(async tx => createKey(tx, await userNamed(tx, user), { name, scopes: listOf(scopes).map(scopeOf) }))
    return { text: say(config.lang, 'people.keyCreated', { key: made.key }), facts: made }
  },
}

const texts = (options: CommandContext['options']) =>
  Object.fromEntries(Object.entries(options).filter((pair): pair is [string, string] => typeof pair[1] === 'string')) as Record<string, string | undefined>

const listOf = (text = '') => text.split(/[,，]/).map(part => part.trim()).filter(part => part !== '')

function scopeOf(text: string): KeyScope {
  if (text !== 'read' && text !== 'write') throw new Problem('usage.key')
  return text
}

async function departmentNamed(db: Db, name: string): Promise<string> {
  const found = await db.query<{ id: string }>(sql`select id from departments where name = ${name} and deleted_at is null limit 2`)
  if (!found[0] || found.length > 1) throw new Problem('people.noDepartment', { name })
  return found[0].id
}

/** The key belongs to the user, who is who asks for it here. */
async function userNamed(db: Db, login: string): Promise<Viewer> {
  const [user] = await db.query<{ id: string; name: string }>(sql`
    select u.id, u.name from credentials c join users u on u.id = c.user_id where lower(c.login) = lower(${login}) and u.deleted_at is null`)
  if (!user) throw new Problem('people.noUser', { name: login })
  return { ...system('command line'), id: user.id, name: user.name, kind: 'person', rights: [] }
}
