import { useState, type ReactNode } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { listFields, type ShapedField } from '#shared/api/fields.ts'
import { t } from '#web/i18n.ts'
import { useRead } from '#web/queries.ts'
import { Button } from '#web/ui/buttons.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { FieldEditor } from './field-editor.tsx'
import { FieldGroups } from './field-groups.tsx'
import { Merge } from './merge.tsx'
import { OneObject } from './one-object.tsx'
import { Retire } from './retire.tsx'
import { RetiredFields } from './retired-fields.tsx'
import { Retype } from './retype.tsx'
import css from './shape.module.css'

/** What lies over the list. */
export type Open = { kind: 'add'; after?: string; group?: string } | { kind: 'edit' | 'retire' | 'retype' | 'merge'; field: ShapedField } | null

/** The fields of each object of the company, in the order in which people meet them. */
export const FieldsScreen = () => <OneObject intro={t('shaping.intro')} page={Fields} />

function Fields({ object, objects }: { object: ObjectOut; objects: ReactNode }) {
  const [open, setOpen] = useState<Open>(null)
  const [text, setText] = useState('')
  const [isFilling, setFilling] = useState(false)
  // While values are being worked out, one sees how far it is.
  const read = useRead(listFields, { params: { object: object.name } }, { every: isFilling ? 1_500 : false })
  const fills = read.data?.fields.some(field => field.filling !== undefined) ?? false
  if (fills !== isFilling) setFilling(fills)
  if (read.isPending) return <Skeleton shape="lines" />
  if (read.error && !read.data) return <ErrorState problem={read.error} onRetry={read.refetch} />

  const living = read.data.fields.filter(field => field.retiredAt === null)
  const close = () => setOpen(null)
  return (
    <>
      <div className={css.bar}>
        {objects}
        <input className={css.find} type="search" value={text} aria-label={t('shaping.find')} placeholder={t('shaping.find')} onChange={event => setText(event.currentTarget.value)} />
        <span className={css.count}>{t('shaping.count', { count: living.length })}</span>
        <Button icon="plus" look="main" onClick={() => setOpen({ kind: 'add' })}>{t('shaping.add')}</Button>
      </div>
      <FieldGroups object={object} fields={living} text={text} onOpen={setOpen} />
      <RetiredFields object={object.name} fields={read.data.fields.filter(field => field.retiredAt !== null)} />
      {open?.kind === 'add' && <FieldEditor object={object} fields={living} after={open.after} group={open.group} onClose={close} />}
      {open?.kind === 'edit' && <FieldEditor object={object} fields={living} field={open.field} onClose={close} onRetire={() => setOpen({ kind: 'retire', field: open.field })} />}
      {open?.kind === 'retype' && <Retype object={object.name} field={open.field} onClose={close} />}
      {open?.kind === 'merge' && <Merge object={object.name} field={open.field} onClose={close} />}
      {open?.kind === 'retire' && <Retire object={object.name} field={open.field} onClose={close} />}
    </>
  )
}
