import { changeField, restoreField, retireField, type ChangedField, type ShapedField } from '#shared/api/fields.ts'
import { Problem } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { problemText, t } from '#web/i18n.ts'
import { refresh } from '#web/queries.ts'
import { changedHere } from '#web/records/changes-here.ts'
import { toast } from '#web/ui/toast.tsx'

/** A field became otherwise through this screen: what exists and the records are read again at once, live line or not. */
export function shapedHere(object: string) {
  refresh('fields')
  changedHere(object)
}

/** The ways back that a toast offers. */
export const takeOut = (object: string, field: ShapedField) => again(object, call(retireField, { params: { object, name: field.name }, version: field.version }), t('shaping.retiredToast', { label: field.label['zh-CN'] }))
export const bringBack = (object: string, field: ShapedField) => again(object, call(restoreField, { params: { object, name: field.name } }), t('shaping.restored', { label: field.label['zh-CN'] }))
export const changeBack = (object: string, field: ShapedField, before: ChangedField) =>
  again(object, call(changeField, { params: { object, name: field.name }, version: field.version, body: before }), t('sheet.undone'))

async function again(object: string, act: Promise<ShapedField>, said: string) {
  try {
    await act
    toast({ text: said })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast({ text: problemText(error) })
  }
  shapedHere(object)
}
