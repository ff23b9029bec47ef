import { refresh } from '#web/queries.ts'

type Listener = (object: string) => void
const listeners = new Set<Listener>()

/** What this screen itself changed is read again at once, live line or not: queries, and lists that keep their own rows. */
export function changedHere(object: string, ids?: readonly string[]) {
  refresh(object, ids)
  listeners.forEach(listener => listener(object))
}

/** Until the returned function is called. */
export function onChangedHere(listener: Listener): () => void {
  listeners.add(listener)
  return () => { listeners.delete(listener) }
}
