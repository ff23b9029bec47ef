import { existsSync, readFileSync, renameSync, statSync } from 'node:fs'
import { totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { Problem } from '#shared/problem.ts'
import { type Cluster, createCluster, type Live, liveServer, startCluster, stopCluster } from './cluster.ts'
import { binaries, majorVersion } from './embedded-binaries.ts'
import { guardDisk, openReserve, prepareDiskGuard } from './embedded-disk.ts'
import { type Place, placeOf, rememberMade, sharedFolder } from './embedded-place.ts'
import { connections, isOurs, prepareRoles, superuser } from './embedded-roles.ts'
import { watchOver } from './embedded-watchdog.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'

/** A database that the program may use, and how to leave it. */
export interface Database {
  owner: pg.PoolConfig
  app: pg.PoolConfig
  stop(): Promise<void>
}

export interface Options {
  /** A command beside a running server shares the server's database instead of refusing. */
  isGuest?: boolean
  say(code: string, values?: Record<string, string>): void
  /** The database cannot be kept alive: nothing more can be done. */
  onDead(problem: Problem): void
}

/** Starts the embedded PostgreSQL of this data folder, or adopts the one that a crash left behind, and keeps it alive until `stop`. */
export async function startEmbedded(data: string, options: Options): Promise<Database> {
  const place = placeOf(data, name => options.say('start.nobody', { name }))
  const cluster = clusterOf(place)
  if (!place.isMade) options.say('start.preparing')
  make(place, cluster)
  const live = await join(place, cluster)
  if (!place.isMade) await prepareRoles(place, live)
  rememberMade(place)
  const { owner, app } = connections(place, live)
  try {
    return { owner, app, stop: await keep(place, cluster, live, options) }
  } catch (error) {
    const isShared = options.isGuest && error instanceof Problem && error.code === 'start.folderBusy'
    if (!isShared) throw error
    return { owner, app, stop: async () => {} }
  }
}

function clusterOf(place: Place): Cluster {
  const memory = Math.round(totalmem() / 4 / 1024 ** 2)
  const settings = {
    shared_buffers: `${Math.min(2048, Math.max(128, memory))}MB`,
    shared_preload_libraries: 'pg_stat_statements,pg_prewarm',
    max_connections: '60',
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    // To start helpers for one statement costs 50 ms on two cores, more than they save even where a million rows are summed.
    max_parallel_workers_per_gather: '0',
    idle_in_transaction_session_timeout: '60s',
    // Details and statements of errors hold people's data; the log must not.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
  }
  return { ...place, bin: binaries(place.account, sharedFolder), settings }
}

function make(place: Place, cluster: Cluster) {
  const found = versionOf(cluster.folder)
  if (found && found !== majorVersion) throw new Problem('start.databaseVersion', { folder: cluster.folder, found, expected: majorVersion })
  if (!found) createCluster(cluster, superuser, place.passwords.superuser, ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums'])
  prepareDiskGuard(cluster)
  const isLongLog = (statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0) > 10 * 1024 ** 2
  if (isLongLog) renameSync(cluster.log, `${cluster.log}.1`)
}

const versionOf = (folder: string) => {
  const file = path.join(folder, 'PG_VERSION')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null
}

/** A server may be about to end just when we found it: its predecessor's watchdog is at work. Then we start anew. */
async function join(place: Place, cluster: Cluster): Promise<Live> {
  for (let attempt = 1; ; attempt++) {
    const { live } = await started(cluster)
    try {
      if (await isOurs(place, live)) return live
      throw new Problem('start.databaseForeign', { folder: place.folder })
    } catch (error) {
      if (error instanceof Problem) throw error
      if ((error as pg.DatabaseError).code === '28P01') throw new Problem('start.databaseForeign', { folder: place.folder })
      if (attempt === 20) throw new Problem('start.databaseFailed', { log: cluster.log })
      await sleep(250)
    }
  }
}

async function started(cluster: Cluster) {
  try {
    return await startCluster(cluster)
  } catch {
    throw new Problem('start.databaseFailed', { log: cluster.log })
  }
}

/** Takes the folder for us alone and looks after the server every second. Answers with how to stop all of it. */
async function keep(place: Place, cluster: Cluster, first: Live, options: Options): Promise<() => Promise<void>> {
  let live = first
  let isOver = false
  let isBusy = false
  const deaths: number[] = []
  const owner = connections(place, live).owner
  let lock: FolderLock | null = await lockFolder(place.data, owner, () => { lock = null })
  let dog = watchOver(cluster, live.pid)

  const revive = async () => {
    deaths.push(Date.now())
    if (deaths.filter(at => at > Date.now() - 60_000).length > 5) throw new Problem('start.databaseLost', { log: cluster.log })
    openReserve(cluster)
    dog.dismiss()
    live = await join(place, cluster)
    dog = watchOver(cluster, live.pid)
  }
  const look = async () => {
    if (liveServer(cluster)?.pid !== live.pid) await revive()
    lock ??= await lockFolder(place.data, owner, () => { lock = null })
    guardDisk(cluster)
  }
  const timer = setInterval(() => {
    if (isBusy || isOver) return
    isBusy = true
    look().catch(error => { if (error instanceof Problem && !isOver) options.onDead(error) }).finally(() => { isBusy = false })
  }, 1000)

  return async () => {
    isOver = true
    clearInterval(timer)
    while (isBusy) await sleep(20)
    await lock?.release().catch(() => {})
    await stopCluster(cluster)
    dog.dismiss()
  }
}
