import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './embedded-account.ts'

/** One PostgreSQL data folder that we run ourselves. */
export interface Cluster {
  bin: string
  folder: string
  /** Where the unix socket is; a short path, private to the account. */
  sockets: string
  log: string
  account: Account | null
  settings: Record<string, string>
}

export interface Live {
  pid: number
  host: string
  port: number
}

const onWindows = process.platform === 'win32'

/** Makes the cluster if there is none. What a crash left half made is thrown away: only a finished one gets the name. */
export function createCluster(cluster: Cluster, superuser: string, password: string, flags: string[]) {
  if (existsSync(path.join(cluster.folder, 'PG_VERSION'))) return
  const half = `${cluster.folder}.new-${process.pid}`
  const secret = `${half}.password`
  rmSync(half, { recursive: true, force: true })
  privateFolder(half, cluster.account)
  writeFileSync(secret, password, { mode: 0o600 })
  if (cluster.account) chownSync(secret, cluster.account.uid, cluster.account.gid)
  const made = run(cluster, 'initdb', ['-D', half, '-U', superuser, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', ...flags])
  rmSync(secret, { force: true })
  if (made.status !== 0) {
    rmSync(half, { recursive: true, force: true })
    throw new Error(`initdb: ${made.stderr.trim()}`)
  }
  try {
    renameSync(half, cluster.folder)
  } catch (error) {
    // Somebody else finished first; theirs is used.
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(path.join(cluster.folder, 'PG_VERSION'))) throw error
  }
}

/** A killed server's last processes keep its memory for some seconds: until then starting is tried again. */
const patience = 30_000
/** Recovery after a crash reads up to `max_wal_size` of log. */
const longestStart = 15 * 60_000

/** Starts the server, or finds the one that already works in the folder. `spawned` is null when it was found. */
export async function startCluster(cluster: Cluster): Promise<{ live: Live; spawned: ChildProcess | null }> {
  privateFolder(cluster.sockets, cluster.account)
  const end = Date.now() + longestStart
  let giveUp = Date.now() + patience
  while (Date.now() < Math.min(giveUp, end)) {
    const state = pidFile(cluster)
    if (state?.alive && state.status === 'ready') return { live: state, spawned: null }
    if (state?.alive) {
      // Starting or stopping by somebody else: it ends by itself.
      giveUp = Date.now() + patience
      await sleep(20)
      continue
    }
    clearStalePidFile(cluster)
    const spawned = launch(cluster)
    const live = await readiness(cluster, spawned, end)
    if (live) return { live, spawned: live.pid === spawned.pid ? spawned : null }
    await sleep(200)
  }
  throw new Error(`PostgreSQL did not start; see ${cluster.log}`)
}

/** What works in the folder now, if anything does. */
export function liveServer(cluster: Pick<Cluster, 'folder'>): Live | null {
  const state = pidFile(cluster)
  return state?.alive ? state : null
}

/** Requests in flight are ended, what was acknowledged is kept: a fast shutdown, and waiting for its end. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  if (!liveServer(cluster)) return
  const child = spawn(path.join(cluster.bin, 'pg_ctl'), ['-D', cluster.folder, '-m', 'fast', '-w', '-t', '120', 'stop'], { ...context(cluster), stdio: 'ignore', detached: true })
  await new Promise(resolve => child.on('exit', resolve).on('error', resolve))
}

/** The settings files are read again. */
export const reloadCluster = (cluster: Cluster) => run(cluster, 'pg_ctl', ['-D', cluster.folder, 'reload'])

/** Until ready; null when the process ended before (another one took the folder, or it failed: the log says why). */
async function readiness(cluster: Cluster, spawned: ChildProcess, deadline: number): Promise<Live | null> {
  while (Date.now() < deadline) {
    const state = pidFile(cluster)
    if (state?.alive && state.status === 'ready') return state
    if (spawned.exitCode !== null || spawned.signalCode !== null) return null
    await sleep(10)
  }
  return null
}

function launch(cluster: Cluster): ChildProcess {
  const sockets = onWindows ? { listen_addresses: '127.0.0.1' } : { listen_addresses: '', unix_socket_directories: cluster.sockets, unix_socket_permissions: '0700' }
  const settings = Object.entries({ ...sockets, ...cluster.settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = openSync(cluster.log, 'a', 0o600)
  // Its own session: Ctrl+C in the terminal must reach us first, so that requests end before the database does.
  const child = spawn(path.join(cluster.bin, 'postgres'), ['-D', cluster.folder, ...settings], { ...context(cluster), detached: true, stdio: ['ignore', log, log] })
  closeSync(log)
  child.on('error', () => {})
  child.unref()
  return child
}

/** postmaster.pid: 1 pid, 2 data folder, 4 port, 5 socket folder, 6 listen address, 8 status. */
function pidFile(cluster: Pick<Cluster, 'folder'>): (Live & { alive: boolean; status: string }) | null {
  let lines: string[]
  try {
    lines = readFileSync(path.join(cluster.folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return null
  }
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0) return null
  return { pid, alive: isPostgres(pid), status: (lines[7] ?? '').trim(), port: Number(lines[3] ?? 5432), host: onWindows ? '127.0.0.1' : (lines[4] ?? '').trim() }
}

/** A process of that number that really is a database server: numbers are used again, and a zombie has only its number left. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && process.platform !== 'linux'
  }
  if (process.platform !== 'linux') return true
  try {
    if (/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return false
    return path.basename(readlinkSync(`/proc/${pid}/exe`)).startsWith('postgres')
  } catch {
    return false
  }
}

/** A zombie, or a stranger with the number of a dead server, would make PostgreSQL refuse to start. Only when nothing works in the folder. */
function clearStalePidFile(cluster: Cluster) {
  const state = pidFile(cluster)
  if (!state || process.platform !== 'linux' || !existsSync(`/proc/${state.pid}`) || isWorkedIn(cluster.folder)) return
  rmSync(path.join(cluster.folder, 'postmaster.pid'), { force: true })
}

const isWorkedIn = (folder: string) =>
  readdirSync('/proc').some(entry => {
    if (!/^\d+$/.test(entry)) return false
    try {
      return readlinkSync(`/proc/${entry}/cwd`) === folder
    } catch {
      return false
    }
  })

function run(cluster: Cluster, program: string, args: string[]) {
  return spawnSync(path.join(cluster.bin, program), args, { ...context(cluster), encoding: 'utf8' })
}

const context = ({ account, folder }: Cluster) => ({ ...(account ? { uid: account.uid, gid: account.gid } : {}), cwd: path.dirname(folder), env: environment() })
/** Settings of some other PostgreSQL on this machine must not reach ours. */
const environment = () => Object.fromEntries([...Object.entries(process.env).filter(([name]) => !name.startsWith('PG')), ['TZ', 'UTC'], ['LC_ALL', 'C']])

export function privateFolder(folder: string, account: Account | null) {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!account) return
  chownSync(folder, account.uid, account.gid)
  chmodSync(folder, 0o700)
}
