import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** The system user that PostgreSQL runs as when we are root: it refuses to run as root itself. */
export interface Account {
  name: string
  uid: number
  gid: number
}

const isRoot = () => process.platform !== 'win32' && process.getuid?.() === 0

/** Null for an ordinary user: then the database runs as whoever runs us. An existing cluster keeps the owner it has. */
export function databaseAccount(cluster: string, warn: (account: string) => void): Account | null {
  if (!isRoot()) return null
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }

  const account = lookUp('kebu') ?? create('kebu') ?? lookUp('postgres')
  if (account) return account
  const nobody = lookUp('nobody')
  if (!nobody) throw new Error('no system user to run the database as')
  warn(nobody.name)
  return nobody
}

function lookUp(name: string): Account | null {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
    return { name, uid: id('-u'), gid: id('-g') }
  } catch {
    return null
  }
}

function create(name: string): Account | null {
  try {
    const shape = ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin']
    execFileSync('useradd', [...shape, name], { stdio: 'ignore' })
  } catch {
    return null
  }
  return lookUp(name)
}

/** Can this account walk down to `target`? Missing last parts count as reachable: we shall make them. */
export function isReachable(target: string, account: Account | null): boolean {
  if (!account) return true
  return ancestors(target).every(folder => {
    const facts = statSync(folder, { throwIfNoEntry: false })
    if (!facts) return true
    const bit = facts.uid === account.uid ? 0o100 : facts.gid === account.gid ? 0o010 : 0o001
    return (facts.mode & bit) !== 0
  })
}

function ancestors(target: string): string[] {
  const parent = path.dirname(target)
  return parent === target ? [target] : [...ancestors(parent), target]
}
