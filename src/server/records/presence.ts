/** A cell in which somebody works. */
export interface Place { object: string; id: string; field: string }

/** Who works where, on which of their screens; null: nowhere any more. Told to those who may see the record, and never kept. */
export interface Presence { screen: string; user: { id: string; name: string }; place: Place | null }

type Listener = (said: Presence, from: 'here' | 'elsewhere') => void
const listeners = new Set<Listener>()

/** Carries presence between the screens of this node, and through the relay to those of others. */
export const presence = {
  emit(said: Presence) {
    listeners.forEach(listener => listener(said, 'here'))
  },
  /** What another node heard goes to those who watch here, and not out again. */
  receive(said: Presence) {
    listeners.forEach(listener => listener(said, 'elsewhere'))
  },
  /** Gives a function that stops listening. */
  listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}
