import { useEffect, useRef } from 'react'
import { createStore } from '#web/store.ts'

export interface Hotkey {
  /** `mod+k`, `shift+n`, `?`, `escape`, or one after the other: `g c`. mod is ⌘ on a Mac, else Ctrl. */
  keys: string
  /** What it does, for the list of keys. */
  label: string
  /** Under which heading it stands there. */
  group: string
  /** Absent: handled by the screen itself, only listed. */
  run?: (event: KeyboardEvent) => void
  /** Works while a text is typed too. */
  whileTyping?: boolean
}

const listed = createStore<readonly Hotkey[][]>([])
/** Every key that works now, for the list of keys. */
export const useListedHotkeys = () => listed.use().flat()

/** Keys that work as long as the component is shown. Never while a text is typed or composed, unless asked. */
export function useHotkeys(hotkeys: Hotkey[]) {
  const current = useRef(hotkeys)
  current.current = hotkeys
  const shape = hotkeys.map(hotkey => hotkey.keys + hotkey.label).join()

  useEffect(() => {
    const mine = current.current
    listed.set([...listed.get(), mine])
    return () => listed.set(listed.get().filter(group => group !== mine))
  }, [shape])

  useEffect(() => {
    let first = { key: '', at: 0 }
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return
      const before = event.timeStamp - first.at < 1200 ? first.key : ''
      first = { key: event.key, at: event.timeStamp }
      const pressed = current.current.find(hotkey => hotkey.run && isPressed(hotkey, before, event))
      if (!pressed) return
      event.preventDefault()
      pressed.run?.(event)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isPressed(hotkey: Hotkey, before: string, event: KeyboardEvent): boolean {
  if (!hotkey.whileTyping && isTyping(event)) return false
  const [first, second] = hotkey.keys.split(' ')
  return second === undefined ? matches(hotkey.keys, event) : first === before && matches(second, event)
}

const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox],[type=radio]), textarea, select') || target.closest('[role=dialog],[role=menu]') !== null)

const named: Record<string, string> = { escape: 'Escape', enter: 'Enter', up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight', space: ' ', delete: 'Delete', backspace: 'Backspace' }

/** Is this what `mod+k` means? Shift counts only for letters: `?` is typed with it on many keyboards. */
export function matches(keys: string, event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const isLetter = /^[a-z]$/.test(key) || key in named
  return event.key.toLowerCase() === (named[key] ?? key).toLowerCase()
    && (event.ctrlKey || event.metaKey) === parts.includes('mod')
    && event.altKey === parts.includes('alt')
    && (!isLetter || event.shiftKey === parts.includes('shift'))
}
