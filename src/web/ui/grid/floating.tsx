import { useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import styles from './grid.module.css'

interface FloatingProps {
  /** Where it belongs, in px of the window. */
  anchor(): DOMRect | null
  children: ReactNode
  /** Whose layer it is, so that moving the focus there does not leave the cell. */
  owner: string
  className?: string | undefined
}

const gap = 4

/** A layer under its anchor, or above where there is no room below. It follows when something scrolls. */
export function Floating({ anchor, children, owner, className }: FloatingProps) {
  const element = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const place = () => {
      if (element.current) stand(element.current, anchor())
    }
    place()
    const observer = new ResizeObserver(place)
    if (element.current) observer.observe(element.current)
    addEventListener('scroll', place, { capture: true, passive: true })
    addEventListener('resize', place)
    return () => {
      observer.disconnect()
      removeEventListener('scroll', place, { capture: true })
      removeEventListener('resize', place)
    }
  })
  return createPortal(
    <div ref={element} className={`${styles.floating} ${className ?? ''}`} data-grid-layer={owner} onMouseDown={keepFocus}>{children}</div>,
    document.body,
  )
}

/** A press on anything but a text box leaves the keyboard where it is. */
function keepFocus(event: MouseEvent<HTMLElement>) {
  if (event.target instanceof Element && !event.target.closest('input, textarea, select')) event.preventDefault()
}

function stand(element: HTMLElement, at: DOMRect | null) {
  element.style.visibility = at ? '' : 'hidden'
  if (!at) return
  const { offsetWidth: width, offsetHeight: height } = element
  const below = at.bottom + gap
  const isBelow = below + height <= innerHeight || at.top - gap - height < 0
  element.style.left = `${Math.max(gap, Math.min(at.left, innerWidth - width - gap))}px`
  element.style.top = `${isBelow ? below : at.top - gap - height}px`
}
