import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { askedHere } from './asked-here.ts'
import { FieldRow } from './field-row.tsx'
import css from './page.module.css'
import { grouped } from './shape.ts'
import type { Saved } from './saving.tsx'
import { lastChanges } from './use-history.ts'
import type { HistoryRead } from './use-history.ts'

interface Props {
  object: ObjectOut
  record: RecordOut
  history: HistoryRead
  save: (record: RecordOut, values: Record<string, unknown>) => Promise<Saved>
}

/** All fields by group, each edited where it stands. What few people fill is folded while it is empty. */
export function PageFields({ object, record, history, save }: Props) {
  const lang = useLang()
  const [isWhole, setWhole] = useState(false)
  const isFolded = (field: FieldOut) => field.hidden === true && isEmpty(record[field.name])
  const asked = askedHere(object, object.fields, record)
  const folded = asked.filter(isFolded).length
  const changed = lastChanges(history.entries)
  const shown = isWhole ? asked : asked.filter(field => !isFolded(field))
  return (
    <>
      {grouped(object, shown, lang).map(group => (
        <div key={group.name} className={css.group}>
          <h3>{group.label || t('form.other')}</h3>
          {group.fields.map(field => <FieldRow key={field.name} object={object} field={field} record={record} changed={changed.get(field.name)} canEdit={object.rights.edit} save={save} />)}
        </div>
      ))}
      {folded > 0 && <button type="button" className={css.more} onClick={() => setWhole(!isWhole)}>{isWhole ? t('page.hideEmpty') : t('page.showEmpty', { count: folded })}</button>}
    </>
  )
}
