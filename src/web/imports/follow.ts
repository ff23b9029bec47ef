import { cancelImport, listImports, type ImportOut } from '#shared/api/imports.ts'
import { Problem } from '#shared/problem.ts'
import { call, read } from '#web/api.ts'
import { hideTask, showTask } from '#web/frame/tray-store.ts'
import { t, type Key } from '#web/i18n.ts'
import { refresh } from '#web/queries.ts'

type Brief = Pick<ImportOut, 'id' | 'object' | 'file' | 'state' | 'isUndoing' | 'progress'>

/** Is the server at work on it? */
export const isWorking = ({ state, isUndoing }: Pick<ImportOut, 'state' | 'isUndoing'>) => state === 'reading' || state === 'committing' || isUndoing

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const address = (id: string) => `/import/${id}`

let isFollowing = false
let open: (id: string) => void = id => location.assign(address(id))

/** How a line of the tray leads to its import. */
export function openImportsBy(go: (id: string) => void) {
  open = go
}

/** Shows every import that is at work as a line in the task tray, until none is left. Also after a reload: the server knows which. */
export async function followImports(): Promise<void> {
  if (isFollowing) return
  isFollowing = true
  try {
    let before = new Set<string>()
    for (let wait = 500; ; wait = Math.min(wait * 1.5, 3000)) {
      const { imports } = await read(listImports, {})
      const working = imports.filter(isWorking)
      working.forEach(showWork)
      imports.filter(one => before.has(one.id) && !isWorking(one)).forEach(showEnd)
      if (working.length === 0) return
      before = new Set(working.map(one => one.id))
      await pause(wait)
    }
  } catch (error) {
    // The next import, or the next look at this page, asks again.
    if (!(error instanceof Problem)) throw error
  } finally {
    isFollowing = false
  }
}

const action = (id: string) => ({ label: t('import.open'), run: () => open(id) })
const labelOf = (one: Brief) => t(one.isUndoing ? 'import.task.undoing' : one.state === 'reading' ? 'import.task.reading' : 'import.task.writing', { file: one.file })

function showWork(one: Brief) {
  const { id, progress: { done, total }, isUndoing } = one
  const counts = total > 0 && !isUndoing ? { done, total } : {}
  showTask({ id, label: labelOf(one), state: 'running', ...counts, action: action(id), ...(isUndoing ? {} : { onCancel: () => stop(id) }) })
}

const ends: Partial<Record<ImportOut['state'], Key>> = { ready: 'import.state.ready', refused: 'import.state.refused', failed: 'import.state.failed', done: 'import.state.done', undone: 'import.state.undone' }

/** What came of it; nothing to say to somebody who looks at it or who stopped it. */
function showEnd(one: Brief) {
  const { id, file, state } = one
  if (state === 'done' || state === 'undone') refresh(one.object)
  const end = ends[state]
  if (end === undefined || location.pathname === address(id)) return hideTask(id)
  showTask({ id, label: `${file} · ${t(end)}`, state: state === 'failed' || state === 'refused' ? 'failed' : 'done', action: action(id) })
}

async function stop(id: string) {
  await call(cancelImport, { params: { id } }).catch((error: unknown) => {
    // It has ended meanwhile: the next look says how.
    if (!(error instanceof Problem)) throw error
  })
  refresh('imports')
}
