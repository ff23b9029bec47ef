import type { KeyboardEvent } from 'react'

/** The items of a menu, in order. */
export const menuItems = (menu: HTMLElement) => [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')]

/** Arrows, Home and End move through the items of the menu that hears the key. */
export function moveByArrows(event: KeyboardEvent<HTMLElement>) {
  const all = menuItems(event.currentTarget)
  const at = all.findIndex(item => item === document.activeElement)
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key]
  if (next === undefined || all.length === 0) return
  event.preventDefault()
  all[next % all.length]?.focus()
}
