import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** Asks the product as a program with a key would; the answer's text, or an error with it. */
export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<string>

// The product answers one address at most 5,000 times in ten seconds.
const window = { requests: 4_500, ms: 10_000 }

export function asker(address: string, key: string, agent: http.Agent): Ask {
  const { hostname, port } = new URL(address)
  return async (method, path, body, headers = {}) => {
    await turn()
    const text = body === undefined ? undefined : JSON.stringify(body)
    const given = text === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) }
    return new Promise((resolve, reject) => {
      const request = http.request({ agent, hostname, port, method, path: `/api/v1${path}`, headers: { authorization: `Bearer ${key}`, ...given, ...headers } }, answer => {
        const pieces: Buffer[] = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => {
          const got = Buffer.concat(pieces).toString()
          if ((answer.statusCode ?? 500) < 300) resolve(got)
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${got.slice(0, 300)}`))
        })
      })
      request.on('error', reject)
      request.end(text)
    })
  }
}

const times: number[] = []
/** Waits, outside of what is measured, only when the limit would be met. */
async function turn() {
  const now = performance.now()
  while (times.length > 0 && (times[0] ?? now) < now - window.ms) times.shift()
  if (times.length >= window.requests) await sleep(window.ms - (now - (times[0] ?? now)))
  times.push(performance.now())
}

/** Waits until so many requests fit under the limit, so that no measurement waits in its middle. */
export async function room(requests: number) {
  const now = performance.now()
  const recent = times.filter(time => time > now - window.ms)
  const over = recent.length + requests - window.requests
  if (over > 0) await sleep(window.ms - (now - (recent[Math.min(over, recent.length) - 1] ?? now)))
}

/** Polls until the answer is what one waits for. */
export async function until<T>(look: () => Promise<T>, isThere: (answer: T) => boolean, pause = 25): Promise<T> {
  for (;;) {
    const answer = await look()
    if (isThere(answer)) return answer
    await sleep(pause)
  }
}
