import { createStore } from '#web/store.ts'

/** What lies over the screens: opened from anywhere, drawn once in the shell. */
export type Over = { kind: 'search' } | { kind: 'shortcuts' } | { kind: 'quickAdd'; object: string } | null

const over = createStore<Over>(null)
export const useOver = over.use
export const closeOver = () => over.set(null)

export const openSearch = () => over.set({ kind: 'search' })
export const openShortcuts = () => over.set({ kind: 'shortcuts' })
/** 快速添加, a customer unless said. */
export const openQuickAdd = (object = 'customers') => over.set({ kind: 'quickAdd', object })
