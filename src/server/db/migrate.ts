import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Problem } from '#shared/problem.ts'
import type { Db } from './connect.ts'
import { sealAudit } from './grants.ts'
import { raw, sql } from './sql.ts'

const folder = path.join(import.meta.dirname, 'migrations')

/** Any number that nobody else uses; two programs that start at once migrate one after the other. */
const migrationLock = 5_142_001

interface Migration {
  name: string
  text: string
  hash: string
}

/** Brings the schema up to date. Each migration is one transaction, remembered with its hash: history is never rewritten. */
export async function migrate(owner: Db, from = folder): Promise<string[]> {
  await owner.exec('create table if not exists migrations (name text primary key, sha256 text not null, at timestamptz not null default now())')
  const applied: string[] = []
  for (const migration of migrationsIn(from)) if (await apply(owner, migration)) applied.push(migration.name)
  await ensurePartitions(owner)
  return applied
}

/** Is everything applied already? Asked where nothing can be written just now. */
export async function isUpToDate(owner: Db): Promise<boolean> {
  const known = new Map((await owner.query<{ name: string; sha256: string }>(sql`select name, sha256 from migrations`)).map(row => [row.name, row.sha256]))
  return migrationsIn().every(({ name, hash }) => known.get(name) === hash)
}

export const migrationsIn = (from = folder): Migration[] =>
  readdirSync(from).filter(name => name.endsWith('.sql')).sort().map(name => {
    const text = readFileSync(path.join(from, name), 'utf8')
    return { name, text, hash: createHash('sha256').update(text).digest('hex') }
  })

async function apply(owner: Db, { name, text, hash }: Migration): Promise<boolean> {
  return owner.transaction(async tx => {
    await tx.query(sql`select pg_advisory_xact_lock(${migrationLock})`)
    const [known] = await tx.query<{ sha256: string }>(sql`select sha256 from migrations where name = ${name}`)
    if (known && known.sha256 !== hash) throw new Problem('start.migrationChanged', { name })
    if (known) return false
    await tx.exec(text)
    await tx.query(sql`insert into migrations (name, sha256) values (${name}, ${hash})`)
    return true
  })
}

/** 操作日志 is kept in one table per month. Makes those of this month and the next two, so that a missed day or a clock that is off loses nothing. */
export async function ensurePartitions(owner: Db, now = new Date()): Promise<void> {
  for (const ahead of [-1, 0, 1, 2]) {
    const month = monthStart(now, ahead)
    const name = `audit_${month.slice(0, 7).replace('-', '_')}`
    const bounds = `from ('${month}T00:00:00Z') to ('${monthStart(now, ahead + 1)}T00:00:00Z')`
    await owner.query(raw(`create table if not exists ${name} partition of audit for values ${bounds}`))
  }
  await sealAudit(owner)
}

const monthStart = (now: Date, ahead: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10)
