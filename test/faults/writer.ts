import { setTimeout as sleep } from 'node:timers/promises'
import { uuidv7 } from 'uuidv7'
import { boss } from './product.ts'

/** A client that makes customers without a pause and remembers which of them the server acknowledged. */
export class Writer {
  readonly acknowledged = new Set<string>()
  private readonly address: string
  private cookie = ''
  private isWriting = false
  private loops: Promise<void>[] = []

  constructor(address: string) {
    this.address = address
  }

  async signIn() {
    const answer = await fetch(`${this.address}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(boss) })
    if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  begin(clients = 2) {
    this.isWriting = true
    this.loops = Array.from({ length: clients }, () => this.loop())
  }

  async pause() {
    this.isWriting = false
    await Promise.all(this.loops)
  }

  /** One customer; the status of the answer, 0 when there was none. */
  async write(name = `Crash ${uuidv7()}`): Promise<number> {
    try {
      const answer = await this.ask('POST', '/customers', { values: { name } })
      if (answer.status < 300) this.acknowledged.add(((await answer.json()) as { id: string }).id)
      else await answer.arrayBuffer()
      return answer.status
    } catch {
      return 0
    }
  }

  /** Those that were acknowledged and are not there. */
  async lost(): Promise<string[]> {
    const there = new Set<string>()
    let cursor: string | null = null
    do {
      const answer = await this.ask('GET', `/customers?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)
      if (!answer.ok) throw new Error(`list: ${answer.status} ${await answer.text()}`)
      const page = (await answer.json()) as { records: { id: string }[]; next: string | null }
      for (const { id } of page.records) there.add(id)
      cursor = page.next
    } while (cursor)
    return [...this.acknowledged].filter(id => !there.has(id))
  }

  async canRead(): Promise<boolean> {
    const answer = await this.ask('GET', '/customers?limit=5')
    await answer.arrayBuffer()
    return answer.ok
  }

  private async loop() {
    while (this.isWriting) if ((await this.write()) === 0) await sleep(20)
  }

  private ask(method: string, path: string, body?: unknown) {
    return fetch(`${this.address}/api/v1${path}`, {
      method, headers: { cookie: this.cookie, ...(body !== undefined && { 'content-type': 'application/json', 'idempotency-key': uuidv7() }) },
      ...(body !== undefined && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(15_000),
    })
  }
}
