import { listObjects, type ObjectOut } from '#shared/api/objects.ts'
import type { Words } from '#shared/object.ts'
import { useLang } from './i18n.ts'
import { useRead } from './queries.ts'

export type FieldOut = ObjectOut['fields'][number]

const forLong = { staleTime: 5 * 60_000 }

/** What exists, as this person may see it. Inside the frame it is always there. */
export function useObjects(): ObjectOut[] {
  return useRead(listObjects, {}, forLong).data?.objects ?? []
}

/** One object by its API name; undefined when there is none that this person may see. */
export const useObject = (name: string): ObjectOut | undefined => useObjects().find(object => object.name === name)

/** Waiting, refused or there: for the frame, which waits for it once. */
export const useObjectsRead = () => useRead(listObjects, {}, forLong)

/** A word of the catalog in the language of the screen. */
export function useWord(): (words: Words) => string {
  const lang = useLang()
  return words => words[lang]
}
