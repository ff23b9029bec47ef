import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button, IconButton } from './buttons.tsx'
import classes from './dropdown.module.css'
import { Icon, type IconName } from './icon.tsx'
import { menuItems, moveByArrows } from './menu-keys.ts'

interface Props {
  /** On the button; with `sign` only read aloud and shown on hover. */
  label: string
  icon: IconName
  look?: 'plain' | 'quiet' | 'sign'
  /** menu: a list of `DropdownItem`s; dialog: anything else. */
  kind?: 'menu' | 'dialog'
  /** Which edges stand below each other. */
  align?: 'start' | 'end'
  /** px */
  width?: number
  /** Where the opening is decided elsewhere too. */
  opened?: boolean
  onOpen?: (isOpen: boolean) => void
  children: ReactNode | ((close: () => void) => ReactNode)
}

/** A button and what drops down from it. Esc or a press elsewhere closes it; Esc gives the focus back. */
export function Dropdown({ label, icon, look = 'plain', kind = 'dialog', align = 'start', width = 200, opened, onOpen, children }: Props) {
  const [isOpenItself, setOpenItself] = useState(false)
  const isOpen = opened ?? isOpenItself
  const trigger = useRef<HTMLButtonElement>(null)
  const setOpen = (next: boolean) => {
    setOpenItself(next)
    onOpen?.(next)
  }
  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  const shared = { ref: trigger, icon, 'aria-haspopup': kind, 'aria-expanded': isOpen, onClick: () => setOpen(!isOpen) } as const
  return (
    <div className={classes.around}>
      {look === 'sign' ? <IconButton {...shared} label={label} pressed={isOpen} /> : <Button {...shared} look={look}>{label}</Button>}
      {isOpen && (
        <Floating trigger={trigger} label={label} kind={kind} align={align} width={width} onClose={close} onLeave={() => setOpen(false)}>
          {typeof children === 'function' ? children(close) : children}
        </Floating>
      )}
    </div>
  )
}

interface FloatingProps { trigger: { current: HTMLElement | null }; label: string; kind: 'menu' | 'dialog'; align: 'start' | 'end'; width: number; onClose(): void; onLeave(): void; children: ReactNode }

function Floating({ trigger, label, kind, align, width, onClose, onLeave, children }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState({ left: 0, top: 0 })
  const leave = useRef(onLeave)
  leave.current = onLeave

  useLayoutEffect(() => {
    const put = () => setPlace(placeOf(trigger.current, box.current, align))
    put()
    focusFirst(box.current, kind)
    addEventListener('resize', put)
    return () => removeEventListener('resize', put)
  }, [trigger, align, kind])

  useEffect(() => {
    const onPress = ({ target }: PointerEvent) => {
      // Lists of inputs inside are drawn at the end of the page; they belong to us.
      const isOurs = target instanceof Element && (box.current?.contains(target) || trigger.current?.contains(target) || target.closest('[data-portal]'))
      if (!isOurs) leave.current()
    }
    document.addEventListener('pointerdown', onPress)
    return () => document.removeEventListener('pointerdown', onPress)
  }, [trigger])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (kind === 'menu') moveByArrows(event)
    if (event.key === 'Tab' && kind === 'menu') onLeave()
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.stopPropagation()
    onClose()
  }
  return (
    <div ref={box} role={kind} aria-label={label} tabIndex={-1} className={`${classes.box} kb-float`} style={{ ...place, width }} onKeyDown={onKeyDown}
      onClick={event => { if (kind === 'menu' && event.target instanceof Element && event.target.closest('[role^=menuitem]')) onClose() }}>
      {children}
    </div>
  )
}

function focusFirst(box: HTMLElement | null, kind: 'menu' | 'dialog') {
  if (!box || box.contains(document.activeElement)) return
  const first = kind === 'menu' ? menuItems(box)[0] : box.querySelector<HTMLElement>('[data-autofocus], input, select, textarea, button')
  ;(first ?? box).focus()
}

/** Below the button, inside of the screen. */
function placeOf(trigger: HTMLElement | null, box: HTMLElement | null, align: 'start' | 'end') {
  if (!trigger || !box) return { left: 0, top: 0 }
  const from = trigger.getBoundingClientRect()
  const wanted = align === 'start' ? from.left : from.right - box.offsetWidth
  const below = from.bottom + 4
  const isTooLow = below + box.offsetHeight > innerHeight - 8 && from.top - box.offsetHeight - 4 > 8
  return { left: Math.max(8, Math.min(wanted, innerWidth - box.offsetWidth - 8)), top: isTooLow ? from.top - box.offsetHeight - 4 : below }
}

/** One thing to do, in a dropdown of the kind menu. */
export function DropdownItem({ icon, danger = false, onClick, children }: { icon?: IconName; danger?: boolean; onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className={danger ? `${classes.item} ${classes.danger}` : classes.item} onClick={onClick}>
      {icon && <Icon name={icon} size={16} />}<span>{children}</span>
    </button>
  )
}
