import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'

const cli = path.resolve(import.meta.dirname, '../../src/server/cli.ts')

/** The administrator of a company that is set up already. */
export const boss = { login: 'lilei', password: 'xinghe-2026' }

export interface Product {
  address: string
  /** Only on the first run. */
  token: string
  /** Ends everything and forgets the data. */
  stop(): Promise<void>
  /** Kills the server as a power cut would. */
  pull(): void
  /** Starts again on the same data and the same port. */
  again(): Promise<void>
}

/** The real product on a data folder of its own; `isNew`: nobody has set it up yet. */
export async function startProduct({ isNew = false }: { isNew?: boolean } = {}): Promise<Product> {
  // A short path: the socket of the database lies in it.
  const data = mkdtempSync(path.join(tmpdir(), 'kb-e2e-'))
  // The database's user may walk in, so that its folder stays inside and is forgotten with it.
  chmodSync(data, 0o711)
  const port = await freePort()
  const env = {
    ...process.env, KEBU_DATA: data, KEBU_PORT: String(port), KEBU_LANG: 'zh-CN', DATABASE_URL: '', KEBU_PUBLIC_URL: '',
    ...(isNew ? {} : { KEBU_ADMIN_LOGIN: boss.login, KEBU_ADMIN_PASSWORD: boss.password }),
  }
  let running = await launch(env)
  return {
    address: `http://127.0.0.1:${port}`,
    token: /token=([\w-]+)/.exec(running.said())?.[1] ?? '',
    stop: async () => {
      await running.end()
      rmSync(data, { recursive: true, force: true })
    },
    pull: () => running.kill(),
    again: async () => { running = await launch(env) },
  }
}

/** Starts the program and waits until it says how to stop it: then it serves. */
async function launch(env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    const hear = (piece: Buffer) => {
      said += piece.toString()
      if (said.includes('Ctrl+C')) resolve()
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    void gone.then(() => reject(new Error(`the product did not start:\n${said}`)))
  })
  return {
    said: () => said,
    kill: () => { child.kill('SIGKILL') },
    end: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
