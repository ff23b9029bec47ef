import { daysRetired, restoreField, type ShapedField } from '#shared/api/fields.ts'
import { findingText, problemText, t, useLang } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { Button } from '#web/ui/buttons.tsx'
import { shapedHere, takeOut } from './shaped-here.ts'
import css from './shape.module.css'
import { typeWord } from './types.ts'

/** The last day on which a field retired at this moment can be brought back. */
export const lastDay = (retired: Date, lang: string) => new Date(retired.getTime() + daysRetired * 86_400_000).toLocaleDateString(lang, { month: 'long', day: 'numeric' })

/** What was retired and can still be brought back; folded, at the end. */
export function RetiredFields({ object, fields }: { object: string; fields: ShapedField[] }) {
  if (fields.length === 0) return null
  return (
    <details className={css.retired}>
      <summary>{t('shaping.retired', { count: fields.length })}</summary>
      <ul className={css.lines}>{fields.map(field => <RetiredLine key={field.name} object={object} field={field} />)}</ul>
    </details>
  )
}

function RetiredLine({ object, field }: { object: string; field: ShapedField }) {
  const word = useWord()
  const lang = useLang()
  const restore = useCall(restoreField, {
    with: { params: { object, name: field.name } }, onSuccess: () => shapedHere(object),
    toast: restored => ({ text: t('shaping.restored', { label: word(field.label) }), undo: () => takeOut(object, restored) }),
  })
  const refusal = restore.problem?.fields[0]
  return (
    <li className={css.line}>
      <div className={css.about}>
        <span className={css.gone}>{word(field.label)}</span>
        {restore.problem && <p className={css.refusal} role="alert">{refusal ? findingText(refusal) : problemText(restore.problem)}</p>}
      </div>
      <div className={css.type}>{typeWord(field.type)}</div>
      <div className={css.tags}><span className={css.rest}>{field.retiredAt !== null && t('shaping.until', { day: lastDay(new Date(field.retiredAt), lang) })}</span></div>
      <div className={css.acts}><Button look="quiet" busy={restore.busy} onClick={() => void restore.run()}>{t('shaping.restore')}</Button></div>
    </li>
  )
}
