import { useSyncExternalStore } from 'react'

export interface Store<T> {
  get(): T
  set(next: T): void
  /** Calls back after every change, until the returned function is called. */
  watch(listener: () => void): () => void
  /** The value, kept fresh in a component. */
  use(): T
}

/** One value that lives outside of React and that screens follow. */
export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  const get = () => value
  const watch = (listener: () => void) => {
    listeners.add(listener)
    return () => { listeners.delete(listener) }
  }
  return {
    get,
    watch,
    set: next => {
      if (Object.is(next, value)) return
      value = next
      listeners.forEach(listener => listener())
    },
    use: () => useSyncExternalStore(watch, get),
  }
}
