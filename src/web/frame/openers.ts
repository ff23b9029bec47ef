import { createStore } from '#web/store.ts'

/** What lies over the screens: opened from anywhere, drawn once in the shell. */
export type Over = { kind: 'search' } | { kind: 'shortcuts' } | { kind: 'quickAdd'; object: string | null } | null

const over = createStore<Over>(null)
export const useOver = over.use
export const closeOver = () => over.set(null)

export const openSearch = () => over.set({ kind: 'search' })
export const openShortcuts = () => over.set({ kind: 'shortcuts' })
/** 快速添加; unless said of the object whose screen is open. */
export const openQuickAdd = (object: string | null = null) => over.set({ kind: 'quickAdd', object })
