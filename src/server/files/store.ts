import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What is kept: files that wait for their import, and files that were exported. */
export type Shelf = 'uploads' | 'exports'

let folder: string | null = null

/** Where files are kept; said once at the start of the program. Several nodes share one such folder. */
export function useStore(dataFolder: string) { folder = dataFolder }

/** The place of a file by its shelf and name; the name is one that we made. */
export function placeOf(shelf: Shelf, name: string): string {
  if (folder === null) throw new Error('useStore has not been called')
  if (!/^[\w-]+(\.\w+)?$/.test(name)) throw new Error(`not a name of ours: ${name}`)
  return path.join(folder, shelf, name)
}

/** Keeps what a stream brings; a stream that breaks leaves nothing behind. Gives the bytes. */
export async function keepStream(shelf: Shelf, name: string, stream: Readable): Promise<number> {
  const place = placeOf(shelf, name)
  // It may break before the pipeline listens; the pipeline finds it broken then.
  stream.on('error', () => {})
  try {
    await pipeline(stream, await openForWriting(shelf, name))
    return (await stat(place)).size
  } catch (error) {
    await rm(place, { force: true })
    throw error
  }
}

/** Only the owner of the process reads what lies here. */
export async function openForWriting(shelf: Shelf, name: string): Promise<Writable> {
  return createWriteStream(await makeRoom(shelf, name), { mode: 0o600 })
}

/** The place of a file that somebody is about to write. */
export async function makeRoom(shelf: Shelf, name: string): Promise<string> {
  const place = placeOf(shelf, name)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  return place
}

export const dropFile = (shelf: Shelf, name: string) => rm(placeOf(shelf, name), { force: true })
