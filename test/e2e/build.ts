import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** The web client as it is in the sources now. */
export default function build() {
  const done = spawnSync(process.execPath, [path.resolve(import.meta.dirname, '../../start.mjs'), 'build'], { stdio: 'inherit' })
  if (done.status !== 0) throw new Error('the web client was not built')
}
