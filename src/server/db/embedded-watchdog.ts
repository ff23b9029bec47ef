import { type ChildProcess, spawn } from 'node:child_process'
import type { Cluster } from './cluster.ts'

// Blocks in `read`; when our process is gone, however it went, the pipe closes and the database gets its fast shutdown.
const script = `
  read -r word
  [ "$word" = quit ] && exit
  [ "$(head -n 1 "$2/postmaster.pid" 2>/dev/null)" = "$1" ] && kill -INT "$1"
`

/** Ends the database when this process dies without saying goodbye. On Windows the next start adopts the server instead. */
export function watchOver(cluster: Cluster, pid: number): { dismiss(): void } {
  if (process.platform === 'win32') return { dismiss() {} }
  const dog: ChildProcess = spawn('/bin/sh', ['-c', script, 'kebu-watchdog', String(pid), cluster.folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' })
  dog.on('error', () => {})
  dog.stdin?.on('error', () => {})
  dog.unref()
  const pipe = dog.stdin as (NodeJS.WritableStream & { unref?(): void }) | null
  pipe?.unref?.()
  return { dismiss: () => { pipe?.end('quit\n') } }
}
