import path from 'node:path'
import { build, preview } from 'vite'

const configFile = path.resolve(import.meta.dirname, 'vite.config.ts')

/** Builds the page and serves it. */
export async function serveGrid(): Promise<{ address: string; close(): Promise<void> }> {
  await build({ configFile })
  const server = await preview({ configFile, preview: { host: '127.0.0.1', port: 4179, strictPort: false } })
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() }
}
