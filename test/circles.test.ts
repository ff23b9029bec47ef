import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const manifest = path.join(import.meta.dirname, '..', 'dist', 'web', '.vite', 'manifest.json')

/** Files of the built client that one ends up in again by what they need at once. */
function circles(files: Record<string, { imports?: string[] }>): string[][] {
  const done = new Set<string>()
  const found: string[][] = []
  const walk = (file: string, way: string[]) => {
    if (way.includes(file)) return void found.push([...way.slice(way.indexOf(file)), file])
    if (done.has(file)) return
    for (const next of files[file]?.imports ?? []) walk(next, [...way, file])
    done.add(file)
  }
  Object.keys(files).forEach(file => walk(file, []))
  return found
}

// Whoever comes in by another screen than the first would run them in another order, and find half of them not there yet.
test('no files of the built client need each other in a circle', { skip: !existsSync(manifest) && 'the web client is not built' }, () => {
  assert.deepEqual(circles(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, { imports?: string[] }>), [])
})
