import { t } from '#web/i18n.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import classes from './tray.module.css'
import { hideTask, type Task } from './tray-store.ts'

/** The task tray: there only while there is something in it. */
export function Tray({ tasks }: { tasks: readonly Task[] }) {
  const running = tasks.filter(task => task.state === 'running')
  const failed = tasks.some(task => task.state === 'failed')
  const share = running.length === 0 ? 1 : running.reduce((sum, task) => sum + shareOf(task), 0) / running.length
  return (
    <>
      <button type="button" className={classes.ring} popoverTarget="task-tray" aria-label={running.length > 0 ? t('frame.trayCount', { count: running.length }) : t('frame.tray')}>
        <svg viewBox="0 0 24 24" width={24} height={24} fill="none" strokeWidth={2.5} aria-hidden="true">
          <circle cx="12" cy="12" r="9" stroke="var(--kb-line)" />
          <circle cx="12" cy="12" r="9" stroke={failed ? 'var(--kb-danger)' : 'var(--kb-accent)'} pathLength={100} strokeDasharray={`${share * 100} 100`} transform="rotate(-90 12 12)" />
        </svg>
      </button>
      <section id="task-tray" popover="auto" className={`${classes.tray} kb-float`} aria-label={t('frame.tray')}>
        <h2 className={classes.title}>{t('frame.tray')}</h2>
        <ul className={classes.list}>{tasks.map(task => <TaskLine key={task.id} task={task} />)}</ul>
      </section>
    </>
  )
}

const shareOf = ({ done, total }: Task) => (done !== undefined && total ? Math.min(1, done / total) : 0.1)

function TaskLine({ task }: { task: Task }) {
  const { id, label, state, done, total, action, onCancel } = task
  const isCounting = state === 'running' && done !== undefined && total !== undefined
  return (
    <li className={classes.task}>
      <span className={classes.label}>{label}</span>
      <span className={classes.state}>
        {isCounting ? t('task.progress', { done: done.toLocaleString(), total: total.toLocaleString() }) : state === 'running' ? null : t(state === 'done' ? 'task.done' : 'task.failed')}
      </span>
      {action && <Button onClick={() => void action.run()}>{action.label}</Button>}
      {state === 'running' && onCancel && <IconButton icon="close" label={t('frame.cancelTask', { name: label })} onClick={() => void onCancel()} />}
      {state !== 'running' && <IconButton icon="close" label={t('frame.dismissTask', { name: label })} onClick={() => hideTask(id)} />}
      {state === 'running' && <progress className={classes.bar} {...(isCounting ? { value: done, max: Math.max(1, total) } : {})} aria-label={label} />}
    </li>
  )
}
