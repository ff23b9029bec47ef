import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Problem } from '#shared/problem.ts'
import { privateFolder } from './cluster.ts'
import { type Account, databaseAccount, isReachable } from './embedded-account.ts'

/** Where everything of an embedded database is, and the passwords of its roles. */
export interface Place {
  data: string
  folder: string
  sockets: string
  log: string
  account: Account | null
  passwords: Record<'superuser' | 'owner' | 'app', string>
  /** The cluster was once complete: from then on an empty folder is a loss, not a first start. */
  isMade: boolean
}

interface Note {
  /** Inside the data folder a relative name, so that the folder may move. */
  folder: string
  passwords: Place['passwords']
  isMade: boolean
}

/** For a root whose data folder other users cannot reach. Binaries are shared between data folders. */
export const sharedFolder = '/var/lib/kebu'

// A unix socket's whole path has at most 107 bytes; `/.s.PGSQL.5432` needs 14 of them.
const longestSocketFolder = 90

/** Reads, or on the first start decides and writes down, where the database of this data folder lives. */
export function placeOf(folder: string, warn: (account: string) => void): Place {
  const data = dataFolder(folder)
  const note = readNote(data) ?? firstNote(data, warn)
  const cluster = path.resolve(data, note.folder)
  if (note.isMade && !existsSync(cluster)) throw new Problem('start.databaseMissing', { data, folder: cluster })
  const account = databaseAccount(cluster, warn)
  const home = path.dirname(cluster)
  if (home !== data) privateFolder(home, account)
  return { data, folder: cluster, sockets: socketFolder(home, account), log: path.join(home, 'database.log'), account, passwords: note.passwords, isMade: note.isMade }
}

/** The cluster is complete. */
export function rememberMade(place: Place) {
  if (place.isMade) return
  const file = noteFile(place.data)
  const note = { ...readNote(place.data), isMade: true }
  writeFileSync(`${file}.new`, JSON.stringify(note, null, 2), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function dataFolder(folder: string): string {
  try {
    // Root's database user has to walk through it; what is secret in it is closed by itself.
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return realpathSync(folder)
  } catch (error) {
    throw denied(error, folder)
  }
}

const noteFile = (data: string) => path.join(data, 'database.json')

function readNote(data: string): Note | null {
  try {
    return JSON.parse(readFileSync(noteFile(data), 'utf8')) as Note
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw denied(error, noteFile(data))
  }
}

function firstNote(data: string, warn: (account: string) => void): Note {
  const near = path.join('database', 'cluster')
  const account = databaseAccount(path.join(data, near), warn)
  const secret = () => randomBytes(24).toString('base64url')
  const isNear = isReachable(path.join(data, near), account)
  const folder = isNear ? near : path.join(sharedFolder, createHash('sha256').update(data).digest('hex').slice(0, 12), 'cluster')
  const note: Note = { folder, passwords: { superuser: secret(), owner: secret(), app: secret() }, isMade: false }
  try {
    // `wx`: of two programs that start at once, the first one's passwords count.
    writeFileSync(noteFile(data), JSON.stringify(note, null, 2), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readNote(data) ?? note
    throw denied(error, noteFile(data))
  }
  if (!isNear) explain(data, folder)
  return note
}

function explain(data: string, folder: string) {
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 })
  writeFileSync(path.join(data, 'WHERE-IS-THE-DATABASE.txt'), [
    `The database of this data folder is in ${folder}`,
    'PostgreSQL does not run as root, and its system user cannot walk into this folder.',
    'The two belong together: move, copy or delete them together.', '',
  ].join('\n'))
}

/** Beside the cluster when the path is short enough, else in the folder for temporary files, under a name that only this cluster has. */
function socketFolder(home: string, account: Account | null): string {
  const near = path.join(home, 'sockets')
  if (Buffer.byteLength(near) <= longestSocketFolder) return near
  const far = path.join(tmpdir(), `kebu-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
  privateFolder(far, account)
  const facts = statSync(far)
  const uid = account?.uid ?? process.getuid?.()
  // Somebody else's folder of that name could listen in.
  if (process.platform !== 'win32' && (facts.uid !== uid || (facts.mode & 0o077) !== 0)) throw new Problem('start.folderDenied', { folder: far })
  chmodSync(far, 0o700)
  return far
}

const denied = (error: unknown, folder: string) =>
  ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? new Problem('start.folderDenied', { folder }) : error
