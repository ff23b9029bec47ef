import type { ObjectOut } from '#shared/api/objects.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { t } from '#web/i18n.ts'
import { nameOf } from '#web/records/shape.ts'
import css from './board.module.css'

/** What is in hand, below the pointer. */
export function Ghost({ object, record, point }: { object: ObjectOut; record: RecordOut; point: { x: number; y: number; width: number } }) {
  return <div className={`${css.ghost} kb-float`} aria-hidden="true" style={{ width: Math.min(point.width, 260), transform: `translate(${point.x - 20}px, ${point.y - 16}px)` }}>{nameOf(object, record) || t('value.unnamed')}</div>
}
