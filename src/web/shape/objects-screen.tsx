import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { changeObject, listShapedObjects, type ShapedObject } from '#shared/api/shaped-objects.ts'
import { underSettings } from '#web/frame/places.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useCall, useRead } from '#web/queries.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { ObjectEditor } from './object-editor.tsx'
import css from './objects.module.css'
import { RetiredObjects, RetireObject } from './retire-object.tsx'

type Open = { kind: 'add' } | { kind: 'edit' | 'retire'; object: ShapedObject } | null

/** What the company keeps: the objects of the product and its own, in the order of the rail. */
export function ObjectsScreen() {
  const [open, setOpen] = useState<Open>(null)
  const read = useRead(listShapedObjects)
  const shown = (read.data?.objects ?? []).filter(object => !underSettings.has(object.name))
  const living = shown.filter(object => object.retiredAt === null)
  const { move, said } = useMoves(living)
  if (read.isPending) return <Skeleton shape="lines" />
  if (read.error && !read.data) return <ErrorState problem={read.error} onRetry={read.refetch} />
  const close = () => setOpen(null)
  return (
    <>
      <p className={css.intro}>{t('objects.intro')}</p>
      <div className={css.bar}>
        <span>{t('objects.count', { count: living.length })}</span>
        <Button icon="plus" look="main" onClick={() => setOpen({ kind: 'add' })}>{t('objects.add')}</Button>
      </div>
      <p className={css.unseen} role="status">{said}</p>
      <ul className={css.lines}>
        {living.map((object, i) => <Line key={object.name} object={object} isFirst={i === 0} isLast={i === living.length - 1} onMove={by => void move(object, by)} onOpen={kind => setOpen({ kind, object })} />)}
      </ul>
      <RetiredObjects objects={shown.filter(object => object.retiredAt !== null)} />
      {open?.kind === 'add' && <ObjectEditor onClose={close} />}
      {open?.kind === 'edit' && <ObjectEditor object={open.object} onClose={close} onRetire={() => setOpen({ kind: 'retire', object: open.object })} />}
      {open?.kind === 'retire' && <RetireObject object={open.object} onClose={close} />}
    </>
  )
}

/** Moves an object among its neighbours; who cannot see is told. */
function useMoves(objects: ShapedObject[]) {
  const word = useWord()
  const [said, setSaid] = useState('')
  const change = useCall(changeObject)
  const move = async (object: ShapedObject, by: -1 | 1) => {
    const at = objects.indexOf(object)
    if (change.busy || objects[at + by] === undefined) return
    const after = objects[by === 1 ? at + 1 : at - 2]?.name ?? null
    if (await change.run({ params: { object: object.name }, body: { after } })) setSaid(t('objects.moved', { label: word(object.label), place: at + by + 1 }))
  }
  return { move, said }
}

interface LineProps { object: ShapedObject; isFirst: boolean; isLast: boolean; onMove: (by: -1 | 1) => void; onOpen: (kind: 'edit' | 'retire') => void }

function Line({ object, isFirst, isLast, onMove, onOpen }: LineProps) {
  const word = useWord()
  const go = useNavigate()
  const label = word(object.label)
  return (
    <li className={css.line} data-object={object.name}>
      <span className={css.sign} style={{ background: `var(--kb-${object.hue})`, color: `var(--kb-${object.hue}-ink)` }}><Icon name={object.icon} size={18} /></span>
      <div className={css.about}>
        <button type="button" className={css.name} onClick={() => onOpen('edit')}>{label}</button>
        {!object.isStandard && <span className={css.own}>{t('objects.own')}</span>}
        <p className={css.facts}>{[numbersOf(object), t(object.owned ? 'objects.owned' : 'objects.shared')].filter(Boolean).join(' · ')}</p>
      </div>
      <Link to="/$object" params={{ object: object.name }} className={css.records}>{t('objects.records', { count: object.records.toLocaleString() })}</Link>
      <div className={css.acts}>
        <span className={css.moves}>
          <IconButton icon="up" size={16} label={t('shaping.up')} disabled={isFirst} onClick={() => onMove(-1)} />
          <IconButton icon="down" size={16} label={t('shaping.down')} disabled={isLast} onClick={() => onMove(1)} />
        </span>
        <Dropdown label={t('objects.actions', { label })} icon="more" look="sign" kind="menu" align="end" width={184}>
          <DropdownItem icon="edit" onClick={() => onOpen('edit')}>{t('objects.editShort')}</DropdownItem>
          <DropdownItem icon="columns" onClick={() => void go({ to: '/settings/$section', params: { section: 'fields' }, search: { object: object.name } })}>{t('objects.fields')}</DropdownItem>
          <DropdownItem icon="enter" onClick={() => void go({ to: '/$object', params: { object: object.name } })}>{t('objects.open')}</DropdownItem>
          {!isFirst && <DropdownItem icon="up" onClick={() => onMove(-1)}>{t('shaping.up')}</DropdownItem>}
          {!isLast && <DropdownItem icon="down" onClick={() => onMove(1)}>{t('shaping.down')}</DropdownItem>}
          {!object.isStandard && <DropdownItem icon="trash" danger onClick={() => onOpen('retire')}>{t('objects.retire')}</DropdownItem>}
        </Dropdown>
      </div>
    </li>
  )
}

const numbersOf = ({ number }: ShapedObject) => (number === null ? '' : `${number.prefix}${'1'.padStart(number.digits, '0')}`)
