import { problemText, t } from '#web/i18n.ts'
import type { Problem } from '#shared/problem.ts'
import type { ReactNode } from 'react'
import { Button } from './buttons.tsx'
import { Drawing, type DrawingName } from './drawing.tsx'
import classes from './states.module.css'

/** Nothing here yet: one sentence, one drawing, one thing to do. */
export function EmptyState({ drawing, children, action }: { drawing: DrawingName; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <Drawing name={drawing} />
      <p>{children}</p>
      {action}
    </div>
  )
}

/** It could not be read: why, and to try again. */
export function ErrorState({ problem, onRetry }: { problem: Problem; onRetry?: () => unknown }) {
  return (
    <div className={classes.state} role="alert">
      <Drawing name="broken" />
      <p>{problemText(problem)}</p>
      {onRetry && <Button onClick={() => void onRetry()}>{t('ui.retry')}</Button>}
    </div>
  )
}

const shapes = {
  /** A sheet: a header line and rows. */
  sheet: ['100%', ...Array.from({ length: 12 }, (_, i) => `${92 - (i * 17) % 40}%`)],
  /** A form or a record: pairs of label and value. */
  form: ['22%', '60%', '18%', '72%', '26%', '48%', '20%', '64%'],
  /** A list of short lines. */
  lines: ['64%', '48%', '72%', '56%', '40%'],
}

/** Bars in the shape of what comes; appears only after 300 ms, so that fast answers do not flicker. */
export function Skeleton({ shape = 'lines' }: { shape?: keyof typeof shapes }) {
  return (
    <div className={`${classes.skeleton} ${classes[shape]}`} aria-busy="true" aria-label={t('ui.loading')} role="status">
      {shapes[shape].map((width, i) => <span key={i} style={{ width }} />)}
    </div>
  )
}
