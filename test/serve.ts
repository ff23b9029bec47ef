import { startServer } from '#server/http/server.ts'
import type { Route } from '#server/http/route.ts'
import type { Pool } from '#server/db/connect.ts'
import { createFirstAdministrator } from '#server/users/first-admin.ts'
import { freshDatabase } from './database.ts'

export interface Asked { status: number; headers: Headers; text: string; json: Json }

/** Whatever came: tests look into it and fail if it is not there. */
type Json = ReturnType<typeof JSON.parse>

interface Question { body?: unknown; headers?: Record<string, string>; cookie?: string | undefined; key?: string }

/** The one administrator of a new company. */
export const boss = { company: '星河贸易', name: '李雷', login: 'lilei', password: 'xinghe-2026', lang: 'zh-CN' } as const

/** A running server on a database of its own, and a way to ask it as a browser or a program would. */
export async function serve(name: string, { isNew = false, db, routes, webFolder }: { isNew?: boolean; db?: Pool; routes?: Route[]; webFolder?: string } = {}) {
  const pool = db ?? (await freshDatabase(name))
  if (!isNew) await createFirstAdministrator(pool, boss)
  const config = { host: '127.0.0.1', port: 0, publicUrl: null, lang: 'zh-CN', timeZone: 'Asia/Shanghai', tls: null } as const
  const server = await startServer({ db: pool, config, ...(routes && { routes }), ...(webFolder && { webFolder }) })
  const ask = asker(server.address)

  return {
    db: pool, address: server.address, ask,
    /** The cookie of a new session. */
    signIn: async (login: string = boss.login, password: string = boss.password) => cookieOf(await ask('POST /session', { body: { login, password } })),
    async close() {
      await server.close()
      await pool.end()
    },
  }
}

export const cookieOf = (answer: Asked) => answer.headers.get('set-cookie')?.split(';')[0]

const asker = (address: string) => async (what: string, { body, headers = {}, cookie, key }: Question = {}): Promise<Asked> => {
  const [method = 'GET', path = '/'] = what.split(' ')
  const response = await fetch(path.startsWith('//') ? address + path.slice(1) : `${address}/api/v1${path}`, {
    method, redirect: 'manual',
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }), ...(cookie && { cookie }), ...(key && { authorization: `Bearer ${key}` }), ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? JSON.parse(text) : null }
}
