import { useEffect, useRef, useState } from 'react'
import { changeField, type ShapedField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall } from '#web/queries.ts'
import { afterMove } from './field-traits.ts'
import { FieldLine } from './field-line.tsx'
import type { Open } from './fields-screen.tsx'
import { shapedHere } from './shaped-here.ts'
import css from './shape.module.css'

interface Props { object: ObjectOut; fields: ShapedField[]; text: string; onOpen: (open: Open) => void }

/** Living fields under the headings of their groups. */
export function FieldGroups({ object, fields, text, onOpen }: Props) {
  const word = useWord()
  const { move, said } = useMoves(object, fields)
  const wanted = text.trim().toLowerCase()
  const shown = fields.filter(field => wanted === '' || [word(field.label), field.name].some(each => each.toLowerCase().includes(wanted)))
  return (
    <div className={css.groups}>
      <p className={css.unseen} role="status">{said}</p>
      {object.groups.map(group => {
        const own = shown.filter(field => field.group === group.name)
        if (own.length === 0) return null
        return (
          <section key={group.name} aria-label={word(group.label)}>
            <h3 className={css.group}>{word(group.label)}<span>{own.length}</span></h3>
            <ul className={css.lines}>
              {own.map((field, i) => (
                <FieldLine key={field.name} field={field} isFirst={i === 0} isLast={i === own.length - 1} canMove={wanted === ''} onMove={by => void move(field, by)} onOpen={onOpen} />
              ))}
            </ul>
          </section>
        )
      })}
      {shown.length === 0 && <p className={css.none}>{t('shaping.noneFound', { text: text.trim() })}</p>}
    </div>
  )
}

/** Moves a field among its neighbours; the focus goes with it, and who cannot see is told. */
function useMoves(object: ObjectOut, fields: ShapedField[]) {
  const word = useWord()
  const [said, setSaid] = useState('')
  const moving = useRef<{ name: string; from: Element | null } | null>(null)
  const change = useCall(changeField)
  const order = fields.map(field => field.name).join()
  useEffect(() => {
    const moved = moving.current
    if (moved === null) return
    moving.current = null
    // An element that is moved in the page loses the focus.
    const isThere = moved.from instanceof HTMLElement && moved.from.isConnected && !moved.from.matches(':disabled')
    const back = isThere ? moved.from : document.querySelector(`[data-shaped="${moved.name}"] button`)
    if (back instanceof HTMLElement) back.focus()
  }, [order])

  const move = async (field: ShapedField, by: -1 | 1) => {
    const after = afterMove(fields, field.name, by)
    if (after === undefined || change.busy) return
    moving.current = { name: field.name, from: document.activeElement }
    const done = await change.run({ params: { object: object.name, name: field.name }, body: { after } })
    if (!done) return
    shapedHere(object.name)
    const group = fields.filter(each => each.group === field.group)
    setSaid(t('shaping.moved', { label: word(field.label), group: word(object.groups.find(each => each.name === field.group)?.label ?? field.label), place: group.indexOf(field) + by + 1 }))
  }
  return { move, said }
}
