import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { liveServer } from '#server/db/cluster.ts'

const cli = path.resolve(import.meta.dirname, '../../src/server/cli.ts')
export const boss = { login: 'lilei', password: 'xinghe-2026' }

export interface Person { uid: number; gid: number }
/** Whom no system is without; only to run things as somebody who is not root. */
export const ordinary: Person = { uid: 65_534, gid: 65_534 }
export const canBecomeOrdinary = process.getuid?.() === 0 && canEverybodyRead(cli)

/** A data folder and a port, and the real program on them, to be killed in every way. */
export class Product {
  readonly data: string
  readonly port: number
  readonly person: Person | null
  child: ChildProcess | null = null
  said = ''

  constructor(data: string, port: number, person: Person | null) {
    this.data = data
    this.port = port
    this.person = person
  }

  get address() {
    return `http://127.0.0.1:${this.port}`
  }

  get cluster() {
    const folder = (JSON.parse(readFileSync(path.join(this.data, 'database.json'), 'utf8')) as { folder: string }).folder
    return path.resolve(this.data, folder)
  }

  /** Until it serves; answers with the milliseconds that took. Fails with what it said. */
  async start(environment: NodeJS.ProcessEnv = {}): Promise<number> {
    const begin = performance.now()
    const { code } = await this.launch(environment)
    if (code !== null) throw new Error(`ended with ${code}:\n${this.said}`)
    return performance.now() - begin
  }

  /** `code` is null when it serves, else it has ended. */
  async launch(environment: NodeJS.ProcessEnv = {}): Promise<{ code: number | null }> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'serve'], {
      env: { ...process.env, KEBU_TEST_DATABASE: '', DATABASE_URL: '', KEBU_DATA: this.data, KEBU_PORT: String(this.port), KEBU_LANG: 'en', KEBU_ADMIN_LOGIN: boss.login, KEBU_ADMIN_PASSWORD: boss.password, ...environment },
      // Over the channel it learns when this test was interrupted, and ends too.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'], ...this.person,
    })
    this.child = child
    this.said = ''
    return new Promise(resolve => {
      const hear = (piece: Buffer) => {
        this.said += piece.toString()
        if (this.said.includes('Ctrl+C')) resolve({ code: null })
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 0) }))
    })
  }

  /** Sends it and waits for the end of the program; answers with the exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.child
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
    const gone = new Promise<number | null>(resolve => child.once('exit', resolve))
    child.kill(signal)
    return gone
  }

  killDatabase() {
    const live = liveServer({ folder: this.cluster })
    if (live) process.kill(live.pid, 'SIGKILL')
  }

  /** Processes of the database that work in this folder; zombies do not work. */
  postmasters(): number[] {
    return readdirSync('/proc').filter(entry => /^\d+$/.test(entry)).map(Number).filter(pid => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return path.basename(line[0] ?? '') === 'postgres' && line[line.indexOf('-D') + 1] === this.cluster
      } catch {
        return false
      }
    })
  }

  /** Nothing of the database is left. */
  async quiet(patience = 10_000): Promise<boolean> {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) if (this.postmasters().length === 0) return true
    return false
  }

  async forget() {
    await this.end('SIGKILL')
    await this.quiet()
    rmSync(this.data, { recursive: true, force: true })
  }
}

export async function newProduct(person: Person | null = null): Promise<Product> {
  const data = mkdtempSync(path.join(tmpdir(), 'kb-'))
  // The database's user may walk in, so that its folder stays inside and is forgotten with it.
  chmodSync(data, 0o711)
  if (person) chownSync(data, person.uid, person.gid)
  return new Product(data, await freePort(), person)
}

const freePort = () =>
  new Promise<number>(resolve => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

function canEverybodyRead(file: string): boolean {
  return (statSync(file).mode & 0o004) !== 0 && canEverybodyWalk(path.dirname(file))
}

function canEverybodyWalk(folder: string): boolean {
  return (statSync(folder).mode & 0o001) !== 0 && (path.dirname(folder) === folder || canEverybodyWalk(path.dirname(folder)))
}
