import { useEffect, useRef, type ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { IconButton } from './buttons.tsx'
import classes from './panel.module.css'

interface Props { title: ReactNode; /** What it is, read aloud. */ label: string; onClose(): void; actions?: ReactNode; children: ReactNode; /** px */ width?: number }

/** Lies at the right over the content, which stays usable beside it. Esc closes it and gives the focus back; on a phone it is a page. */
export function Panel({ title, label, onClose, actions, children, width = 520 }: Props) {
  const panel = useRef<HTMLElement>(null)

  useEffect(() => {
    const before = document.activeElement
    panel.current?.focus()
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus() }
  }, [])

  return (
    <section ref={panel} className={classes.panel} style={{ width }} tabIndex={-1} role="dialog" aria-label={label} onKeyDown={event => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
      event.stopPropagation()
      onClose()
    }}>
      <header className={classes.head}>
        <div className={classes.title}>{title}</div>
        {actions}
        <IconButton icon="close" label={t('ui.close')} keys="escape" onClick={onClose} />
      </header>
      <div className={classes.body}>{children}</div>
    </section>
  )
}
