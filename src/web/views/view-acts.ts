import { changeView, restoreView, retireView, type ChangedView } from '#shared/api/view-changes.ts'
import type { ViewOut } from '#shared/api/views.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n.ts'
import { queries } from '#web/queries.ts'
import { attempt } from '#web/records/acts.ts'
import { toast } from '#web/ui/toast.tsx'

/** Asks anew which views there are; done when it is known. */
export const viewsAnew = () => queries.invalidateQueries({ queryKey: ['views'] })

/** Whatever came of it, the tabs show it. */
async function told<T>(write: Promise<T>): Promise<T> {
  try {
    return await write
  } finally {
    await viewsAnew()
  }
}

const paramsOf = ({ object, id }: ViewOut) => ({ params: { object, id } })

/** Changes a view, with a way back. True when done. */
export const change = (view: ViewOut, body: ChangedView, said: string) => attempt(async () => {
  const former: ChangedView = { ...(body.settings && { settings: view.settings }), ...(body.kind && { kind: view.kind }), ...(body.pinned !== undefined && { pinned: view.pinned }) }
  await told(call(changeView, { ...paramsOf(view), body, version: view.version }))
  toast({ text: said, undo: () => attempt(() => told(call(changeView, { ...paramsOf(view), body: former }))) })
})

/** Removes a view, with a way back. */
export const remove = (view: ViewOut) => attempt(async () => {
  await told(call(retireView, { ...paramsOf(view), version: view.version }))
  toast({ text: t('views.removed', { name: view.name }), undo: () => attempt(() => told(call(restoreView, paramsOf(view)))) })
})
