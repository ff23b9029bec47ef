import { useEffect, useRef, useState, type PointerEvent as ReactPointerEvent } from 'react'

/** What is carried, over which place it is now, and where the pointer holds it; by keys it has no point. */
export interface Carried<Item> { item: Item; from: string; over: string | null; point?: { x: number; y: number; width: number } }

interface Options<Item> {
  /** Put down in another place than it came from. */
  onDrop: (item: Item, from: string, to: string) => void
  /** Scrolled when something is carried to its edges. */
  scroller: { current: HTMLElement | null }
}

/** px that a mouse may tremble before it carries; ms that a finger rests before it does, so that it can scroll. */
const tremble = 5
const rest = 300
const edge = 56

const placeAt = (x: number, y: number) => document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-place]')?.dataset['place'] ?? null

/** Something is carried from one place (`data-place`) to another, by mouse, finger or keys. Esc puts it back. */
export function useCarry<Item>({ onDrop, scroller }: Options<Item>) {
  const [carried, setCarried] = useState<Carried<Item> | null>(null)
  const current = useRef<Carried<Item> | null>(null)
  const stop = useRef<(() => void) | null>(null)
  const carry = (next: Carried<Item> | null) => {
    current.current = next
    setCarried(next)
  }
  const end = (isDropped: boolean) => {
    const held = current.current
    stop.current?.()
    stop.current = null
    carry(null)
    if (isDropped && held?.over != null && held.over !== held.from) onDrop(held.item, held.from, held.over)
  }
  useEffect(() => () => stop.current?.(), [])
  const isPointed = carried?.point !== undefined
  useEffect(() => (isPointed ? scrollAtEdges(scroller, () => current.current?.point) : undefined), [isPointed, scroller])

  function onPointerDown(event: ReactPointerEvent<HTMLElement>, item: Item, from: string) {
    if (event.button !== 0 || stop.current !== null || (event.target instanceof Element && event.target.closest('button, a, input'))) return
    const width = event.currentTarget.offsetWidth
    stop.current = follow(event.nativeEvent, {
      isHeld: () => current.current !== null,
      take: (x, y) => carry({ item, from, over: placeAt(x, y), point: { x, y, width } }),
      move: (x, y) => { if (current.current?.point) carry({ ...current.current, over: placeAt(x, y), point: { x, y, width } }) },
      end,
    })
  }

  return {
    carried, onPointerDown,
    /** Taken up with the keyboard; `to` says over which place it is, `end` puts it down or back. */
    take: (item: Item, from: string) => carry({ item, from, over: from }),
    to: (over: string | null) => { if (current.current && over !== null) carry({ ...current.current, over }) },
    end,
  }
}

/** The focus goes with what was put down by keys, as soon as it stands in its new place. */
export const followCard = (id: string) => setTimeout(() => document.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"]`)?.focus(), 60)

interface Hand { isHeld: () => boolean; take: (x: number, y: number) => void; move: (x: number, y: number) => void; end: (isDropped: boolean) => void }

/** From the press to its release: a mouse takes up when it moves, a finger when it rests. Gives how to stop listening. */
function follow({ clientX, clientY, pointerType, pointerId }: PointerEvent, { isHeld, take, move, end }: Hand): () => void {
  const isFinger = pointerType === 'touch'
  const over = new AbortController()
  const timer = isFinger ? setTimeout(() => take(clientX, clientY), rest) : undefined
  const on = <Name extends keyof WindowEventMap>(name: Name, listener: (event: WindowEventMap[Name]) => void, options: AddEventListenerOptions = {}) => addEventListener(name, listener, { ...options, signal: over.signal })
  on('pointermove', ({ pointerId: moved, clientX: x, clientY: y }) => {
    if (moved !== pointerId) return
    if (isHeld()) return move(x, y)
    if (Math.hypot(x - clientX, y - clientY) < tremble) return
    if (isFinger) end(false)
    else take(x, y)
  })
  on('pointerup', () => {
    if (isHeld()) swallowClick()
    end(true)
  })
  on('pointercancel', () => end(false))
  on('keydown', event => {
    if (event.key !== 'Escape' || !isHeld()) return
    event.preventDefault()
    event.stopPropagation()
    end(false)
  }, { capture: true })
  on('contextmenu', event => { if (isFinger) event.preventDefault() })
  // While a finger carries, it does not scroll.
  on('touchmove', event => { if (isHeld()) event.preventDefault() }, { passive: false })
  return () => {
    clearTimeout(timer)
    over.abort()
  }
}

/** What was carried is not opened as well. */
function swallowClick() {
  addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => removeEventListener('click', swallow, { capture: true }))
}

const swallow = (event: Event) => { event.stopPropagation(); event.preventDefault() }

/** Scrolls while something is held at an edge. Gives how to stop. */
function scrollAtEdges(scroller: { current: HTMLElement | null }, pointOf: () => { x: number; y: number } | undefined): () => void {
  let frame = 0
  const step = () => {
    const [box, point] = [scroller.current, pointOf()]
    if (box && point) {
      const { left, right, top, bottom } = box.getBoundingClientRect()
      box.scrollBy(pull(point.x, left, right), pull(point.y, top, bottom))
    }
    frame = requestAnimationFrame(step)
  }
  frame = requestAnimationFrame(step)
  return () => cancelAnimationFrame(frame)
}

const pull = (at: number, from: number, to: number) => (at < from + edge ? -10 : at > to - edge ? 10 : 0)
