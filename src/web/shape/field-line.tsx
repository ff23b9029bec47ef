import type { KeyboardEvent } from 'react'
import type { ShapedField } from '#shared/api/fields.ts'
import { t } from '#web/i18n.ts'
import { useObjects, useWord } from '#web/objects.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { Tag } from '#web/ui/tag.tsx'
import type { Open } from './fields-screen.tsx'
import { canMerge } from './merge.tsx'
import { canRetype } from './retype.tsx'
import css from './shape.module.css'
import { kindWord } from './types.ts'

interface Props { field: ShapedField; isFirst: boolean; isLast: boolean; canMove: boolean; onMove: (by: -1 | 1) => void; onOpen: (open: Open) => void }

/** One field: its name opens it; Alt and an arrow move it. */
export function FieldLine({ field, isFirst, isLast, canMove, onMove, onOpen }: Props) {
  const word = useWord()
  const label = word(field.label)
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
    if (!event.altKey || by === null || !canMove) return
    event.preventDefault()
    onMove(by)
  }
  return (
    <li className={css.line} data-shaped={field.name}>
      <div className={css.about}>
        <button type="button" className={css.name} aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown" onKeyDown={onKeyDown} onClick={() => onOpen({ kind: 'edit', field })}>{label}</button>
        {!field.isStandard && <span className={css.own}>{t('shaping.own')}</span>}
        <Marks field={field} />
        {field.help && <p className={css.help}>{word(field.help)}</p>}
      </div>
      <div className={css.type}><TypeText field={field} /></div>
      <div className={css.tags}><Options field={field} /></div>
      <div className={css.acts}>
        {canMove && (
          <span className={css.moves}>
            <IconButton icon="up" size={16} label={t('shaping.up')} disabled={isFirst} onClick={() => onMove(-1)} />
            <IconButton icon="down" size={16} label={t('shaping.down')} disabled={isLast} onClick={() => onMove(1)} />
          </span>
        )}
        <Dropdown label={t('shaping.actions', { label })} icon="more" look="sign" kind="menu" align="end" width={184}>
          <DropdownItem icon="edit" onClick={() => onOpen({ kind: 'edit', field })}>{t('shaping.editShort')}</DropdownItem>
          {canMove && !isFirst && <DropdownItem icon="up" onClick={() => onMove(-1)}>{t('shaping.up')}</DropdownItem>}
          {canMove && !isLast && <DropdownItem icon="down" onClick={() => onMove(1)}>{t('shaping.down')}</DropdownItem>}
          <DropdownItem icon="plus" onClick={() => onOpen({ kind: 'add', after: field.name, group: field.group })}>{t('shaping.addBelow')}</DropdownItem>
          {canMerge(field) && <DropdownItem icon="link" onClick={() => onOpen({ kind: 'merge', field })}>{t('shaping.mergeShort')}</DropdownItem>}
          {canRetype(field) && <DropdownItem icon="columns" onClick={() => onOpen({ kind: 'retype', field })}>{t('shaping.retype')}</DropdownItem>}
          {!field.isStandard && <DropdownItem icon="trash" danger onClick={() => onOpen({ kind: 'retire', field })}>{t('shaping.retire')}</DropdownItem>}
        </Dropdown>
      </div>
    </li>
  )
}

/** What is asked of a value, in words. */
function Marks({ field }: { field: ShapedField }) {
  const marks = [
    field.required && t('shaping.required'), field.unique && t('shaping.unique'), field.needsReason && t('shaping.needsReason'),
    field.filling && t('formula.filling', field.filling), field.computed && t('shaping.computed'), field.hidden && t('shaping.hidden'),
  ].filter(mark => typeof mark === 'string')
  return marks.length === 0 ? null : <span className={css.marks}>{marks.join(' · ')}</span>
}

function TypeText({ field }: { field: ShapedField }) {
  const objects = useObjects()
  const word = useWord()
  const target = field.target === undefined ? undefined : objects.find(object => object.name === field.target)
  const behind = target ? word(target.label) : field.unit
  return <>{kindWord(field)}{behind !== undefined && <span className={css.behind}> · {behind}</span>}</>
}

const most = 4

function Options({ field }: { field: ShapedField }) {
  const offered = (field.options ?? []).filter(option => option.retired !== true)
  return (
    <>
      {offered.slice(0, most).map(option => <Tag key={option.id} hue={option.color}>{option.label}</Tag>)}
      {offered.length > most && <span className={css.rest}>{t('shaping.moreOptions', { count: offered.length - most })}</span>}
    </>
  )
}
