/** A record that was opened lately, as the search shows it. */
export interface Opened { object: string; id: string; title: string; number: string | null }

export const recentKey = 'frame.recent'

/** The eight last ones, newest first, each once. */
export const remembered = (before: readonly Opened[], opened: Opened): Opened[] => [opened, ...before.filter(one => one.id !== opened.id)].slice(0, 8)
