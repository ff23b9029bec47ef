import { lazy, Suspense, type ReactNode } from 'react'
import classes from './dialog.module.css'

export interface DialogProps { title: ReactNode; onClose(): void; children: ReactNode; /** px */ width?: number; /** Shown at all; a dialog that is only mounted while open needs nothing. */ opened?: boolean }

const DialogBox = lazy(() => import('./dialog-box.tsx').then(file => ({ default: file.DialogBox })))

/** One thing to decide. Esc closes it and the focus goes back; on a phone it fills the screen. */
export const Dialog = (props: DialogProps) => <Suspense><DialogBox {...props} /></Suspense>

/** The row of buttons that ends a dialog: what to do at the right, the way out beside it. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className={classes.buttons}>{children}</div>
}
