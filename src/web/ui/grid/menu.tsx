import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Floating } from './floating.tsx'
import type { MenuItem } from './types.ts'
import styles from './grid.module.css'

interface MenuProps {
  label: string
  items: MenuItem[]
  anchor(): DOMRect | null
  owner: string
  /** Called once, whatever was chosen. */
  onClose(): void
}

/** A menu that takes the keyboard while it is open. */
export function Menu({ label, items, anchor, owner, onClose }: MenuProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    buttonsOf(list.current)[0]?.focus()
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && !list.current?.contains(event.target)) onClose()
    }
    addEventListener('pointerdown', onPress, { capture: true })
    return () => removeEventListener('pointerdown', onPress, { capture: true })
  }, [onClose])

  return (
    <Floating anchor={anchor} owner={owner} className={styles.menuLayer}>
      <div ref={list} role="menu" aria-label={label} className={styles.menu} onKeyDown={event => onMenuKey(event, list.current, onClose)}>
        {items.map((item, index) => item === 'divider'
          ? <div key={index} role="separator" className={styles.divider} />
          : <Item key={index} item={item} onClose={onClose} />)}
      </div>
    </Floating>
  )
}

function Item({ item, onClose }: { item: Exclude<MenuItem, 'divider'>; onClose: () => void }) {
  const isCheck = item.checked !== undefined
  return (
    <button
      type="button"
      role={isCheck ? 'menuitemcheckbox' : 'menuitem'}
      aria-checked={item.checked}
      tabIndex={-1}
      disabled={item.isDisabled}
      className={item.danger ? `${styles.item} ${styles.danger}` : styles.item}
      onClick={() => {
        onClose()
        item.run()
      }}
    >
      <span>{item.label}</span>
      {item.checked && <span aria-hidden="true">✓</span>}
      {item.hint && <kbd className={styles.hint}>{item.hint}</kbd>}
    </button>
  )
}

const buttonsOf = (list: HTMLElement | null) => [...(list?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? [])]

function onMenuKey(event: KeyboardEvent, list: HTMLElement | null, onClose: () => void) {
  const buttons = buttonsOf(list)
  const at = buttons.findIndex(button => button === document.activeElement)
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }
  const target = targets[event.key]
  if (event.key === 'Escape' || event.key === 'Tab') onClose()
  else if (target !== undefined) buttons.at(target % buttons.length)?.focus()
  else return
  event.preventDefault()
  event.stopPropagation()
}
