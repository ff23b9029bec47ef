import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { liveServer, stopCluster } from '#server/db/cluster.ts'
import { watchOver } from '#server/db/embedded-watchdog.ts'
import { debian15, startTestCluster, testCluster } from './cluster.ts'
import { type Count, title } from './run-count.ts'

interface Options {
  version: 15 | 18
  concurrency: number
  isLong: boolean
}

/** All files against one PostgreSQL of their own, which is thrown away afterwards. */
export async function runNodeTests(name: string, files: string[], { version, concurrency, isLong }: Options): Promise<Count> {
  title(name)
  if (version === 15 && !existsSync(debian15)) {
    console.error(`PostgreSQL 15 is not installed (${debian15}); on Debian: apt-get install postgresql-15`)
    return { name, passed: 0, failed: 1 }
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'kebu-run-'))
  chmodSync(folder, 0o711)
  const cluster = testCluster(folder, version)
  try {
    process.env.KEBU_TEST_DATABASE = await startTestCluster(folder, version)
    const dog = watchOver(cluster, liveServer(cluster)?.pid ?? 0)
    if (isLong) process.env.KEBU_TEST_LONG = '1'
    const count = await counted(files, concurrency)
    dog.dismiss()
    return { name, ...count }
  } finally {
    await stopCluster(cluster)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function counted(files: string[], concurrency: number) {
  // An interrupted file is a failed one, not a silent one.
  const events = run({ files, concurrency, timeout: 20 * 60_000 })
  const count = { passed: 0, failed: 0 }
  events.on('test:summary', ({ file, counts }) => {
    if (file === undefined) Object.assign(count, { passed: counts.passed, failed: counts.tests - counts.passed - counts.skipped - counts.todo })
  })
  const text = events.compose(spec)
  text.pipe(process.stdout, { end: false })
  await new Promise(resolve => text.on('end', resolve))
  return count
}
