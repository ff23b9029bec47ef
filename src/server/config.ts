import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Lang } from '#shared/object.ts'
import { langs } from '#shared/i18n/messages.ts'
import { Problem } from '#shared/problem.ts'

/** Everything that can be set from outside, read once at the start. */
export interface Config {
  /** KEBU_DATA: the data folder, absolute. */
  data: string
  port: number
  host: string
  /** KEBU_PUBLIC_URL: where people reach the product, without a slash at the end; null = as they come. */
  publicUrl: string | null
  /** DATABASE_URL: a PostgreSQL of one's own; null = the embedded one. */
  database: string | null
  /** DATABASE_OWNER_URL: who owns the schema there, when it is another role than that of DATABASE_URL. */
  databaseOwner: string | null
  admin: { login: string; password: string } | null
  lang: Lang
  /** KEBU_TZ: the company's time zone, IANA name. */
  timeZone: string
  tls: { cert: string; key: string } | null
}

type Environment = Record<string, string | undefined>

/** A wrong value is a `Problem` that names the setting. */
export function readConfig(environment: Environment = process.env): Config {
  const get = (name: string) => environment[name]?.trim() || null
  return {
    data: path.resolve(get('KEBU_DATA') ?? path.join(import.meta.dirname, '..', '..', 'data')),
    port: port(get('KEBU_PORT') ?? '3080'),
    host: host(get('KEBU_HOST') ?? '127.0.0.1'),
    publicUrl: publicUrl(get('KEBU_PUBLIC_URL')),
    database: databaseUrl('DATABASE_URL', get('DATABASE_URL')),
    databaseOwner: databaseUrl('DATABASE_OWNER_URL', get('DATABASE_OWNER_URL')),
    admin: admin(get('KEBU_ADMIN_LOGIN'), get('KEBU_ADMIN_PASSWORD')),
    lang: lang(get('KEBU_LANG') ?? 'zh-CN'),
    timeZone: timeZone(get('KEBU_TZ') ?? 'Asia/Shanghai'),
    tls: tls(get('KEBU_TLS_CERT'), get('KEBU_TLS_KEY')),
  }
}

/** The language of the console, also while the settings are still wrong. */
export const consoleLang = (environment: Environment = process.env): Lang => langs.find(known => known === environment.KEBU_LANG) ?? 'zh-CN'

function port(value: string): number {
  // 0 lets the system choose; tests use it.
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new Problem('setting.port', { value })
  return Number(value)
}

function host(value: string): string {
  if (!/^[\w.:-]+$/.test(value)) throw new Problem('setting.host', { value })
  return value
}

function publicUrl(value: string | null): string | null {
  if (value === null) return null
  const url = URL.parse(value)
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.search || url.hash) throw new Problem('setting.publicUrl', { value })
  return url.href.replace(/\/+$/, '')
}

function databaseUrl(name: string, value: string | null): string | null {
  // The value holds a password: it is not repeated.
  if (value !== null && !/^postgres(ql)?:\/\//.test(value)) throw new Problem('setting.database', { name })
  return value
}

function admin(login: string | null, password: string | null) {
  if (login === null && password === null) return null
  if (login === null) throw new Problem('setting.together', { name: 'KEBU_ADMIN_PASSWORD', missing: 'KEBU_ADMIN_LOGIN' })
  if (password === null) throw new Problem('setting.together', { name: 'KEBU_ADMIN_LOGIN', missing: 'KEBU_ADMIN_PASSWORD' })
  return { login, password }
}

function lang(value: string): Lang {
  const known = langs.find(one => one === value)
  if (!known) throw new Problem('setting.lang', { value, known: langs.join(', ') })
  return known
}

function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch {
    throw new Problem('setting.timeZone', { value })
  }
}

function tls(cert: string | null, key: string | null) {
  if (cert === null && key === null) return null
  if (cert === null) throw new Problem('setting.together', { name: 'KEBU_TLS_KEY', missing: 'KEBU_TLS_CERT' })
  if (key === null) throw new Problem('setting.together', { name: 'KEBU_TLS_CERT', missing: 'KEBU_TLS_KEY' })
  for (const [name, value] of [['KEBU_TLS_CERT', cert], ['KEBU_TLS_KEY', key]] as const) {
    if (!existsSync(value)) throw new Problem('setting.file', { name, value })
  }
  return { cert: path.resolve(cert), key: path.resolve(key) }
}
