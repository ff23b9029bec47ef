import { recordHistory, removeRecord, restoreRecord, undoBatch, undoChange } from '#shared/api/records.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { Problem } from '#shared/problem.ts'
import { call, read } from '#web/api.ts'
import { problemText, t } from '#web/i18n.ts'
import { currentSession } from '#web/session/me.ts'
import { toast } from '#web/ui/toast.tsx'
import { changedHere } from './changes-here.ts'
import { nameOf } from './shape.ts'

/** Does it; a refusal is said as a toast. True when done. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast({ text: problemText(error) })
    return false
  }
}

/** Into the recycle bin, with a way back. */
export const remove = (object: ObjectOut, record: RecordOut) => attempt(async () => {
  await call(removeRecord, { params: { object: object.name, id: record.id }, version: record.version })
  changedHere(object.name)
  toast({ text: t('page.removed', { name: nameOf(object, record) || t('value.unnamed') }), undo: () => restore(object, record) })
})

/** Out of the recycle bin. */
export const restore = (object: ObjectOut, record: Pick<RecordOut, 'id'>) => attempt(async () => {
  await call(restoreRecord, { params: { object: object.name, id: record.id } })
  changedHere(object.name)
})

/** Takes back what this person last changed on a record. */
export const undoLast = (object: string, id: string) => attempt(async () => {
  const session = currentSession()
  const me = 'me' in session ? session.me.id : ''
  const { entries } = await read(recordHistory, { params: { object, id }, query: { limit: '10' } })
  const mine = entries.find(entry => entry.by.id === me && entry.action === 'change')
  if (mine === undefined) return
  await call(undoChange, { params: { object, id, entry: mine.id } })
  changedHere(object)
})

export const undoEntry = (object: string, id: string, entry: string) => attempt(async () => {
  await call(undoChange, { params: { object, id, entry } })
  changedHere(object)
  toast({ text: t('history.undone') })
})

/** Takes back a batch and says how far that went. */
export const undoMany = (object: string, batchId: string) => attempt(async () => {
  const { done, kept } = await call(undoBatch, { params: { id: batchId } })
  changedHere(object)
  toast({ text: kept === 0 ? t('bulk.undone', { count: done }) : t('bulk.undoneKept', { count: done, kept }) })
})

/** Into the clipboard; also on plain http in an intranet, where the browser offers no clipboard. */
export async function copy(text: string, said: string) {
  if (navigator.clipboard === undefined) copyOldWay(text)
  else await navigator.clipboard.writeText(text).catch(() => copyOldWay(text))
  toast({ text: said })
}

function copyOldWay(text: string) {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
