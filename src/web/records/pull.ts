import type { RefObject } from 'react'
import { useEffect, useRef, useState } from 'react'

/** px that the list must be pulled down by. */
const enough = 72

/** Pull to refresh: the height of the gap that opens above the list, and what letting go would do. */
export function usePull(scroller: RefObject<HTMLElement | null>, refresh: () => Promise<void>) {
  const [height, setHeight] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const latest = useRef(refresh)
  latest.current = refresh

  useEffect(() => {
    const element = scroller.current
    if (element === null) return
    let from: number | null = null
    let pulled = 0
    const start = (event: TouchEvent) => { from = element.scrollTop <= 0 ? event.touches[0]?.clientY ?? null : null; pulled = 0 }
    const move = (event: TouchEvent) => {
      if (from === null) return
      pulled = Math.max(0, ((event.touches[0]?.clientY ?? from) - from) / 2)
      if (pulled > 0 && event.cancelable) event.preventDefault()
      setHeight(Math.min(pulled, enough * 1.3))
    }
    const finish = async () => {
      if (from === null) return
      from = null
      if (pulled < enough) return setHeight(0)
      setHeight(enough * 0.6)
      setBusy(true)
      await latest.current().catch(() => undefined)
      setBusy(false)
      setHeight(0)
    }
    const end = () => { void finish() }
    element.addEventListener('touchstart', start, { passive: true })
    element.addEventListener('touchmove', move, { passive: false })
    element.addEventListener('touchend', end)
    return () => {
      element.removeEventListener('touchstart', start)
      element.removeEventListener('touchmove', move)
      element.removeEventListener('touchend', end)
    }
  }, [scroller])
  return { height, isBusy, isReady: height >= enough }
}
