import { t } from '#web/i18n.ts'
import { createStore } from '#web/store.ts'
import { IconButton } from './buttons.tsx'
import classes from './toast.module.css'

export interface Toast {
  text: string
  /** Takes back what was done. */
  undo?: () => unknown
  /** Another thing that can be done from here. */
  action?: { label: string; run: () => unknown }
}
type Shown = Toast & { id: number }

const shown = createStore<Shown[]>([])
let last = 0

/** Says that something was done, for 7 seconds, perhaps with 撤销. */
export function toast(given: Toast) {
  const id = ++last
  shown.set([...shown.get().slice(-2), { ...given, id }])
  setTimeout(() => dismiss(id), 7000)
}

const dismiss = (id: number) => shown.set(shown.get().filter(one => one.id !== id))

/** Where toasts appear; once, in the frame. */
export function Toasts() {
  const toasts = shown.use()
  return (
    <div className={classes.toasts} role="status" aria-live="polite">
      {toasts.map(one => <ToastLine key={one.id} toast={one} />)}
    </div>
  )
}

function ToastLine({ toast: { id, text, undo, action } }: { toast: Shown }) {
  const act = (run: () => unknown) => () => {
    dismiss(id)
    void run()
  }
  return (
    <div className={classes.toast}>
      <span className={classes.text}>{text}</span>
      {undo && <button type="button" className={classes.action} onClick={act(undo)}>{t('ui.undo')}</button>}
      {action && <button type="button" className={classes.action} onClick={act(action.run)}>{action.label}</button>}
      <IconButton icon="close" label={t('ui.close')} onClick={() => dismiss(id)} size={16} />
    </div>
  )
}
