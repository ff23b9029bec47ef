import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { readConfig } from '#server/config.ts'
import { open, type Open } from '#server/open.ts'

const root = path.join(import.meta.dirname, '..')
const cli = path.join(root, 'src', 'server', 'cli.ts')
const flags = ['--disable-warning=ExperimentalWarning']

/** The real product as its own process on a data folder. */
export interface Product {
  address: string
  pid: number
  /** Seconds from the start of the process to the first answer. */
  readyAfter: number
  stop(): Promise<void>
}

const environment = (data: string, port = 0): NodeJS.ProcessEnv => ({
  NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'compiled'), ...process.env,
  KEBU_DATA: data, KEBU_PORT: String(port), KEBU_HOST: '127.0.0.1', KEBU_LANG: 'zh-CN', KEBU_PUBLIC_URL: '', DATABASE_URL: '',
})

export async function startProduct(data: string): Promise<Product> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const begun = performance.now()
  const child = spawn(process.execPath, [...flags, cli, 'serve'], { env: environment(data, port), stdio: ['ignore', 'ignore', 'inherit'] })
  const gone = new Promise<void>(resolve => { child.once('exit', () => resolve()) })
  await answering(address, child)
  const readyAfter = (performance.now() - begun) / 1000
  return {
    address, readyAfter, pid: child.pid ?? 0,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

async function answering(address: string, child: ChildProcess) {
  while (child.exitCode === null) {
    const isReady = await fetch(`${address}/healthz`).then(answer => answer.ok, () => false)
    if (isReady) return
    await new Promise(resolve => { setTimeout(resolve, 10) })
  }
  throw new Error(`the product ended with ${child.exitCode}`)
}

/** A command of the administrator's tool, and the facts that it tells. */
export function tool<Facts>(data: string, ...args: string[]): Facts {
  const done = spawnSync(process.execPath, [...flags, cli, ...args, '--json'], { env: environment(data), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 })
  if (done.status !== 0) throw new Error(`${args.join(' ')}: ${done.stderr ?? done.status}`)
  return JSON.parse(done.stdout) as Facts
}

/** The database of a running product, beside it: for the floors. */
export const beside = (data: string): Promise<Open> => open(readConfig(environment(data)), { isGuest: true, say: () => {}, onDead: problem => { throw problem } })

const freePort = () => new Promise<number>(resolve => {
  const probe = createServer()
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
})
