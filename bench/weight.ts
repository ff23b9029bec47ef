import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Figure } from './table.ts'

const root = path.join(import.meta.dirname, '..')

/** Memory of the product now, in MB: the node process, and the database's processes with shared pages counted once. */
export function memoryOf(pid: number, data: string): { node: number; database: number } {
  const server = serverOf(data)
  const processes = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(Number)
  const ofDatabase = processes.filter(each => each === server || Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${each}/status`))?.[1]) === server)
  return { node: kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1024, database: ofDatabase.reduce((sum, each) => sum + kilobytes(`/proc/${each}/smaps_rollup`, 'Pss'), 0) / 1024 }
}

/** The server notes its process in its own folder, wherever below the data that lies. */
function serverOf(data: string): number {
  const note = readdirSync(data, { recursive: true, encoding: 'utf8' }).find(name => path.basename(name) === 'postmaster.pid')
  return note === undefined ? -1 : Number(read(path.join(data, note)).split('\n')[0])
}

const kilobytes = (file: string, name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(read(file))?.[1] ?? 0)

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Megabytes of a production install: the packages of the lockfile that are there and not for development, our sources, the built client. */
export function installSize(): number {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> }
  const kept = Object.entries(packages).filter(([name, facts]) => name !== '' && !facts.dev && !facts.devOptional).map(([name]) => path.join(root, name))
  const own = ['src', 'dist', 'start.mjs', 'package.json', 'package-lock.json'].map(name => path.join(root, name))
  return [...kept, ...own].reduce((sum, folder) => sum + sizeOf(folder), 0) / 1024 ** 2
}

/** On disk, in blocks; a package inside another is counted with its own line of the lockfile. */
function sizeOf(place: string): number {
  const facts = statSync(place, { throwIfNoEntry: false })
  if (!facts) return 0
  if (!facts.isDirectory()) return facts.blocks * 512
  return readdirSync(place, { withFileTypes: true }).filter(entry => entry.name !== 'node_modules' && !entry.isSymbolicLink())
    .reduce((sum, entry) => sum + sizeOf(path.join(place, entry.name)), facts.blocks * 512)
}

/** What somebody signed in waits for before the customers stand in the sheet: the page, the screen, its texts in one language. */
const firstRoute = ['index.html', 'records/list-screen.tsx', 'records/sheet.tsx']
const texts = ['../shared/i18n/zh-CN/first.ts', '../shared/i18n/en/first.ts']

interface Piece { file: string; imports?: string[]; css?: string[] }

/** Kilobytes gzip of the first route, in the language that weighs more; null where the web client is not built. */
export function bundleSize(): { js: number; css: number } | null {
  const folder = path.join(root, 'dist', 'web')
  const list = path.join(folder, '.vite', 'manifest.json')
  if (!existsSync(list)) return null
  const pieces = JSON.parse(readFileSync(list, 'utf8')) as Record<string, Piece>
  const size = (files: string[]) => files.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(folder, file))).length, 0) / 1000
  const sizes = texts.map(text => {
    const loaded = [...withImports(pieces, [...firstRoute, text])]
    return { js: size(loaded.map(piece => piece.file)), css: size([...new Set(loaded.flatMap(piece => piece.css ?? []))]) }
  })
  return { js: Math.max(...sizes.map(each => each.js)), css: Math.max(...sizes.map(each => each.css)) }
}

/** What is loaded along with these. */
function withImports(pieces: Record<string, Piece>, names: string[], seen = new Set<Piece>()): Set<Piece> {
  for (const name of names) {
    const piece = pieces[name]
    if (!piece) throw new Error(`the built web client has no ${name}`)
    if (seen.has(piece)) continue
    seen.add(piece)
    withImports(pieces, piece.imports ?? [], seen)
  }
  return seen
}

export const mb = (value: number) => `${value.toFixed(0)} MB`

export function weights(install: number, bundle: ReturnType<typeof bundleSize>): Figure[] {
  return [
    { what: 'production install (packages, sources, client)', ours: mb(install) },
    ...(bundle ? [{ what: 'first route: JavaScript, gzip', ours: `${bundle.js.toFixed(0)} kB` }, { what: 'first route: CSS, gzip', ours: `${bundle.css.toFixed(0)} kB` }] : []),
  ]
}
