import classes from './key-hint.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)
const signs: Record<string, string> = { mod: isMac ? '⌘' : 'Ctrl', shift: isMac ? '⇧' : 'Shift', alt: isMac ? '⌥' : 'Alt', enter: '↵', escape: 'Esc', up: '↑', down: '↓', left: '←', right: '→', space: 'Space', backspace: '⌫', delete: 'Del', tab: 'Tab' }
const signOf = (key: string) => signs[key] ?? (key.length === 1 ? key.toUpperCase() : key)

/** `mod+k` as the keys are written on this machine's keyboard. */
export const keyText = (keys: string) => keys.split('+').map(signOf).join(isMac ? '' : '+')

export function KeyHint({ keys }: { keys: string }) {
  return <kbd className={classes.keys}>{keys.split(/[+ ]/).map((key, i) => <span key={i}>{signOf(key)}</span>)}</kbd>
}
