import type { Step } from './selection.ts'

export interface KeyPress { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }

/** What a key asks for. `next` is Tab and Enter, which go around inside a rectangle. */
export type Command =
  | { kind: 'move' | 'extend'; step: Step }
  | { kind: 'next' | 'commit'; direction: 'up' | 'down' | 'left' | 'right' }
  | { kind: 'edit' | 'editOrDown' | 'clear' | 'selectAll' | 'undo' | 'redo' | 'fillDown' | 'open' | 'cancel' | 'newLine' | 'menu' | 'accept' }

const arrows: Record<string, 'up' | 'down' | 'left' | 'right'> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' }

const steps: Record<string, Step> = { ...arrows, PageUp: 'pageUp', PageDown: 'pageDown', Home: 'rowStart', End: 'rowEnd' }

const farSteps: Record<string, Step> = {
  ArrowUp: 'columnStart', ArrowDown: 'columnEnd', ArrowLeft: 'rowStart', ArrowRight: 'rowEnd', Home: 'sheetStart', End: 'sheetEnd',
}

const withCtrl: Record<string, Command> = {
  a: { kind: 'selectAll' }, z: { kind: 'undo' }, y: { kind: 'redo' }, 'shift z': { kind: 'redo' }, d: { kind: 'fillDown' },
}

const plain: Record<string, Command> = {
  Enter: { kind: 'editOrDown' }, 'shift Enter': { kind: 'next', direction: 'up' },
  Tab: { kind: 'next', direction: 'right' }, 'shift Tab': { kind: 'next', direction: 'left' },
  F2: { kind: 'edit' }, Delete: { kind: 'clear' }, Backspace: { kind: 'clear' }, ' ': { kind: 'open' }, Escape: { kind: 'cancel' },
}

const withAlt: Record<string, Command> = { ArrowDown: { kind: 'menu' }, Enter: { kind: 'accept' } }

const whileEditing: Record<string, Command> = {
  Enter: { kind: 'commit', direction: 'down' }, 'shift Enter': { kind: 'commit', direction: 'up' },
  Tab: { kind: 'commit', direction: 'right' }, 'shift Tab': { kind: 'commit', direction: 'left' }, Escape: { kind: 'cancel' },
}

/** The command of a key while a cell is selected. */
export function commandOf(press: KeyPress): Command | undefined {
  const isCtrl = press.ctrlKey || press.metaKey
  if (press.altKey) return isCtrl ? undefined : withAlt[press.key]
  const step = isCtrl ? farSteps[press.key] : steps[press.key]
  if (step) return { kind: press.shiftKey ? 'extend' : 'move', step }
  if (isCtrl) return withCtrl[shifted(press, press.key.toLowerCase())]
  return plain[shifted(press, press.key)]
}

/** The command of a key while a cell is edited. After typing over a cell the arrows still walk, as in Excel. */
export function editingCommandOf(press: KeyPress, isTyped: boolean): Command | undefined {
  if (press.key === 'Enter' && press.altKey) return { kind: 'newLine' }
  if (press.altKey || press.ctrlKey || press.metaKey) return undefined
  const direction = arrows[press.key]
  if (isTyped && direction && !press.shiftKey) return { kind: 'commit', direction }
  return whileEditing[shifted(press, press.key)]
}

const shifted = (press: KeyPress, key: string) => (press.shiftKey ? `shift ${key}` : key)
