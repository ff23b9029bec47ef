import { isEmpty } from '#shared/fields/field.ts'
import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Finding } from '#shared/problem.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { askedHere } from './asked-here.ts'
import { FieldInput } from './field-input.tsx'
import css from './form.module.css'
import { formFields, problemAt } from './form-state.ts'
import type { Values } from './form-state.ts'
import { grouped, isWide } from './shape.ts'

interface Props { object: ObjectOut; isNew: boolean; values: Values; findings: Finding[]; onChange: (name: string, value: unknown) => void }

/** The groups of a form in order; the first input has the focus. */
export function FormGroups({ object, isNew, values, findings, onChange }: Props) {
  const lang = useLang()
  const groups = grouped(object, askedHere(object, formFields(object, isNew), values), lang)
  const first = groups[0]?.fields.find(field => field.hidden !== true) ?? groups[0]?.fields[0]
  return groups.map(group => (
    <FormGroup key={group.name} label={group.label || t('form.other')} fields={group.fields} first={first} values={values} findings={findings} onChange={onChange} />
  ))
}

interface GroupProps extends Omit<Props, 'object' | 'isNew'> { label: string; fields: FieldOut[]; first: FieldOut | undefined }

/** Fields that few people fill stay folded until asked for, filled, or refused. */
function FormGroup({ label, fields, first, values, findings, onChange }: GroupProps) {
  const [isWhole, setWhole] = useState(false)
  // What a rule asks for in this record is no rarity here.
  const isWanted = (field: FieldOut) => field.hidden !== true || field.required === true || field.visibleWhen !== undefined
  const isShown = (field: FieldOut) => isWhole || isWanted(field) || !isEmpty(values[field.name]) || problemAt(findings, field) !== undefined
  // Decided once a field was shown: clearing a value must not take its editor away.
  const [opened, setOpened] = useState<string[]>([])
  const shown = fields.filter(field => isShown(field) || opened.includes(field.name))
  const folded = fields.length - shown.length
  return (
    <section className={css.group}>
      <h3>{label}</h3>
      <div className={css.fields}>
        {shown.map(field => (
          <div key={field.name} className={isWide(field) ? css.wide : undefined} onFocus={() => { if (!opened.includes(field.name)) setOpened([...opened, field.name]) }}>
            <FieldInput field={field} value={values[field.name]} onChange={value => onChange(field.name, value)} problem={problemAt(findings, field)} autoFocus={field.name === first?.name} />
          </div>
        ))}
      </div>
      {folded > 0 && <button type="button" className={css.more} onClick={() => setWhole(true)}>{t('page.showEmpty', { count: folded })}</button>}
    </section>
  )
}
