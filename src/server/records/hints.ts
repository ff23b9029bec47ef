/** Which records of which object have changed. No ids = so many that whoever watches reads anew. */
export interface Hint { object: string; ids: string[] }

/** `elsewhere`: another node of the same installation saw it. */
type Listener = (hint: Hint, from: 'here' | 'elsewhere') => void

/** Hints wait this long for others of the same object, in ms: an import of 5,000 rows is a handful of messages. */
const pause = 100
const most = 1_000

const listeners = new Set<Listener>()
const gathered = new Map<string, Set<string>>()
let timer: NodeJS.Timeout | undefined

/** That something changed, and never what. */
export const hints = {
  /** Called after a commit, never before. */
  emit(object: string, ids: readonly string[]) {
    const known = gathered.get(object) ?? new Set()
    ids.forEach(id => known.add(id))
    gathered.set(object, known)
    timer ??= setTimeout(flush, pause).unref()
  },

  /** What another node saw goes to those who watch here, and not out again. */
  receive(hint: Hint) {
    listeners.forEach(listener => listener(hint, 'elsewhere'))
  },

  /** Gives a function that stops listening. */
  listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

function flush() {
  timer = undefined
  const ready = [...gathered].map(([object, ids]): Hint => ({ object, ids: ids.size > most ? [] : [...ids] }))
  gathered.clear()
  for (const hint of ready) listeners.forEach(listener => listener(hint, 'here'))
}
