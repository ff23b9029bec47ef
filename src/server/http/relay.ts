import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Pool } from '#server/db/connect.ts'
import { hints, type Hint } from '#server/records/hints.ts'
import { presence, type Presence } from '#server/records/presence.ts'

const channel = 'kebu_hints'
// A NOTIFY carries at most 8,000 bytes: 39 per id and some for the rest.
const idsPerMessage = 150

/** Carries hints, and who works where, between the nodes of one installation, over a connection of its own: no NOTIFY ever waits inside a business transaction. */
export function startRelay(db: Pool) {
  const node = randomUUID()
  let client: pg.Client | null = null
  let isClosed = false
  let retry: NodeJS.Timeout | undefined

  const connect = async () => {
    const next = new pg.Client(db.pool.options)
    next.on('error', () => {})
    next.on('end', lost)
    next.on('notification', message => receive(node, message.payload ?? ''))
    await next.connect()
    await next.query(`listen ${channel}`)
    client = next
  }
  const begin = () => { connect().catch(lost) }
  const lost = () => {
    client = null
    if (isClosed) return
    clearTimeout(retry)
    retry = setTimeout(begin, 1_000).unref()
  }
  const stopListening = [
    hints.listen((hint, from) => {
      if (from === 'here' && client) void send(client, node, hint)
    }),
    presence.listen((said, from) => {
      if (from === 'here' && client) void notify(client, { node, said })
    }),
  ]
  begin()

  return async function close() {
    isClosed = true
    clearTimeout(retry)
    stopListening.forEach(stop => stop())
    await client?.end()
  }
}

async function send(client: pg.Client, node: string, { object, ids }: Hint) {
  for (let start = 0; start === 0 || start < ids.length; start += idsPerMessage) {
    await notify(client, { node, object, ids: ids.slice(start, start + idsPerMessage) })
  }
}

async function notify(client: pg.Client, payload: object) {
  // A lost hint is a screen that is refreshed later; the change itself is safe.
  await client.query('select pg_notify($1, $2)', [channel, JSON.stringify(payload)]).catch(() => {})
}

function receive(own: string, payload: string) {
  const { node, said, ...hint } = JSON.parse(payload) as Hint & { node: string; said?: Presence }
  if (node === own) return
  if (said) presence.receive(said)
  else hints.receive(hint)
}
