import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import classes from './screen.module.css'
import { TopTools } from './top-tools.tsx'

interface Props {
  /** The name of the screen, also of the browser's tab. */
  title: string
  /** What stands there instead of the plain title. */
  heading?: ReactNode
  /** The screen's own buttons, beside the tools of the frame. */
  actions?: ReactNode
  /** One level up; `phone`: only there, where the level above is not in sight. */
  onBack?: () => void
  backOn?: 'phone' | 'everywhere'
  /** The content goes to the edges and scrolls by itself: the sheet. */
  edges?: boolean
  children: ReactNode
}

/** Every screen stands in one: the top line, and below it the content. */
export function Screen({ title, heading, actions, onBack, backOn = 'everywhere', edges = false, children }: Props) {
  return (
    <div className={classes.screen}>
      <title>{`${title} · ${t('product.name')}`}</title>
      <header className={classes.top}>
        {onBack && <span className={backOn === 'phone' ? classes.phoneOnly : ''}><IconButton icon="back" label={t('ui.back')} onClick={onBack} /></span>}
        <div className={classes.heading}>{heading ?? <h1 className={classes.title}>{title}</h1>}</div>
        {actions && <div className={classes.actions}>{actions}</div>}
        <TopTools />
      </header>
      <main id="content" tabIndex={edges ? -1 : 0} className={edges ? `${classes.content} ${classes.edges}` : classes.content}>{children}</main>
    </div>
  )
}
