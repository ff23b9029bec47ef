import { createStore } from '#web/store.ts'

/** Long work in the background: an import, an export. */
export interface Task {
  id: string
  label: string
  state: 'running' | 'done' | 'failed'
  done?: number
  total?: number
  /** What one can do with it now: the file, the result. */
  action?: { label: string; run: () => unknown }
  onCancel?: () => unknown
}

const tasks = createStore<readonly Task[]>([])
export const useTasks = tasks.use

/** Puts a line into the task tray, or brings it up to date. */
export const showTask = (task: Task) =>
  tasks.set(tasks.get().some(one => one.id === task.id) ? tasks.get().map(one => (one.id === task.id ? task : one)) : [...tasks.get(), task])

export const hideTask = (id: string) => tasks.set(tasks.get().filter(one => one.id !== id))
