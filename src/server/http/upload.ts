import type { FastifyRequest } from 'fastify'
import { Problem } from '#shared/problem.ts'
import type { SaveFile, Uploaded } from './route.ts'
import { room } from './room.ts'

/** Reads a multipart request with one file in whatever order its parts come; the file is handed on while it arrives. */
export const upload = (request: FastifyRequest) => async <T>(save: SaveFile<T>): Promise<Uploaded<T>> => {
  if (!request.isMultipart()) throw new Problem('request.type')
  const texts: Record<string, string> = {}
  let saved: { value: T } | null = null
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      texts[part.fieldname] = String(part.value)
      continue
    }
    if (saved) throw new Problem('request.malformed', { detail: 'file' })
    saved = { value: await save({ name: part.filename, stream: part.file }) }
    if (part.file.truncated) throw new Problem('request.tooLarge', { limit: room.file.words })
  }
  if (!saved) throw new Problem('request.malformed', { detail: 'file' })
  return { saved: saved.value, texts }
}
