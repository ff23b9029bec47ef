import { useEffect, useRef } from 'react'

/** Asks for more when it comes into sight. */
export function More({ isLoading, onMore, children }: { isLoading: boolean; onMore: () => void; children: string }) {
  const mark = useRef<HTMLParagraphElement>(null)
  const more = useRef(onMore)
  more.current = onMore
  useEffect(() => {
    const element = mark.current
    if (element === null || isLoading) return
    const observer = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) more.current() }, { rootMargin: '400px' })
    observer.observe(element)
    return () => observer.disconnect()
  }, [isLoading])
  return <p ref={mark} role="status" style={{ padding: 12, color: 'var(--kb-ink-2)', fontSize: 13, textAlign: 'center' }}>{children}</p>
}
