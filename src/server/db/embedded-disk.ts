import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Cluster, reloadCluster } from './cluster.ts'

/** Below this the database takes no more writes: its log must never be what meets the full disk, that would end the server. */
const lowest = 64 * 1024 ** 2
/** Above this writing begins again; the distance keeps it from flickering. */
const enough = 96 * 1024 ** 2
/** Given back to the disk when it was full all the same, so that the database can start and be read. Three segments of its log. */
const reserve = 48 * 1024 ** 2

const line = 'default_transaction_read_only = on\n'

/** Two files in the cluster's folder: only renaming one of them switches writing off, and that needs no space. */
const files = (cluster: Cluster) => ({
  on: path.join(cluster.folder, 'disk-full.conf'),
  off: path.join(cluster.folder, 'disk-full.conf.off'),
  reserve: path.join(path.dirname(cluster.folder), 'disk-reserve'),
})

/** Lays the files ready: the server reads `disk-full.conf` when there is one. */
export function prepareDiskGuard(cluster: Cluster) {
  const settings = path.join(cluster.folder, 'postgresql.conf')
  const include = "\ninclude_if_exists = 'disk-full.conf'\n"
  if (!readFileSync(settings, 'utf8').includes(include)) appendFileSync(settings, include)
  const { on, off } = files(cluster)
  if (!existsSync(on) && !existsSync(off)) writeFileSync(off, line, { mode: 0o644 })
}

/** Looks once, and switches the database to reading only or back. Answers whether it is reading only. */
export function guardDisk(cluster: Cluster): boolean {
  const { on, off } = files(cluster)
  const { bavail, bsize } = statfsSync(cluster.folder)
  const free = bavail * bsize
  const isReadingOnly = existsSync(on)
  if (!isReadingOnly && free < lowest) return turn(cluster, off, on, true)
  if (isReadingOnly && free > enough + missingReserve(cluster)) return turn(cluster, on, off, false)
  if (!isReadingOnly) keepReserve(cluster, free)
  return isReadingOnly
}

/** The database ended: if the disk is full, the reserve makes room for it to start again. */
export function openReserve(cluster: Cluster) {
  const { bavail, bsize } = statfsSync(cluster.folder)
  if (bavail * bsize > lowest) return
  const { on, off, reserve: file } = files(cluster)
  rmSync(file, { force: true })
  if (existsSync(off)) renameSync(off, on)
}

function turn(cluster: Cluster, from: string, to: string, isReadingOnly: boolean) {
  renameSync(from, to)
  reloadCluster(cluster)
  return isReadingOnly
}

const missingReserve = (cluster: Cluster) => (existsSync(files(cluster).reserve) ? 0 : reserve)

function keepReserve(cluster: Cluster, free: number) {
  const file = files(cluster).reserve
  if (existsSync(file) || free < enough + reserve) return
  try {
    // Random enough not to be compressed away or stored as a hole.
    writeFileSync(file, Buffer.alloc(reserve, 'kebu keeps this for a full disk '), { mode: 0o600 })
  } catch {
    rmSync(file, { force: true })
  }
}
