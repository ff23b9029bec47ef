import type { ObjectOut } from '#shared/api/objects.ts'
import type { ViewKind } from '#shared/view.ts'
import type { FieldOut } from '#web/objects.ts'
import { stageField } from '#web/records/shape.ts'
import type { IconName } from '#web/ui/icon.tsx'

/** What a board, a calendar and a gallery get; the rest says the address. */
export interface KindProps { object: ObjectOut; isPhone: boolean; onPage: (record: { id: string }) => void }

export const kindIcons: Record<ViewKind, IconName> = { sheet: 'menu', board: 'columns', calendar: 'calendar', gallery: 'group' }

/** What a calendar is for, where an object has it. */
const days: (string | undefined)[] = ['nextFollowUpAt', 'dueAt', 'dueOn']

const isDated = (field: FieldOut) => field.type === 'date' || field.type === 'datetime'

/** The fields that could head the columns of a board, or be the days of a calendar. Behind a mask nothing can be sorted out. */
export const byFields = (object: ObjectOut, kind: ViewKind): FieldOut[] =>
  object.fields.filter(field => field.access !== 'masked' && (kind === 'board' ? field.type === 'choice' : kind === 'calendar' && isDated(field)))

/** The one that is chosen, else the one that fits best: how far a record has come; a day that people set. */
export function byField(object: ObjectOut, kind: ViewKind, chosen: string | undefined): FieldOut | undefined {
  const fields = byFields(object, kind)
  const stage = stageField(object)?.name
  const best = kind === 'board' ? [stage] : days
  return fields.find(field => field.name === chosen) ?? fields.find(field => best.includes(field.name)) ?? fields.find(field => field.computed !== true && field.hidden !== true) ?? fields[0]
}

/** The kinds that this object has the fields for. */
export const kindsOf = (object: ObjectOut): ViewKind[] => (['sheet', 'board', 'calendar', 'gallery'] as const).filter(kind => kind === 'sheet' || kind === 'gallery' || byFields(object, kind).length > 0)
