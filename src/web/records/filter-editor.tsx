import { useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { limits } from '#shared/filter.ts'
import type { Filter, Op } from '#shared/filter.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import css from './filter-bar.module.css'
import { choiceOf, choicesOf, firstOp } from './filter-ops.ts'
import { opWord } from '#shared/filter-sentence.ts'
import { addTo, isFinished, newGroup, newLine, sizeOf, toFilter, toTree, withNode } from './filter-tree.ts'
import type { Group, Line, Node } from './filter-tree.ts'
import { FilterValue } from './filter-value.tsx'
import { fieldNamed, grouped, labelOf } from './shape.ts'

interface Props { object: ObjectOut; filter: Filter | undefined; onApply: (filter: Filter | undefined) => void; onClose: () => void }

/** Builds a filter: conditions, and groups of them joined by 且 or 或. Applied with the button or Enter. */
export function FilterEditor({ object, filter, onApply, onClose }: Props) {
  const [root, setRoot] = useState(() => started(object, toTree(filter)))
  const { nodes, depth } = sizeOf(root)
  const isTooLarge = nodes > limits.nodes || depth > limits.depth
  const apply = () => { if (!isTooLarge) onApply(toFilter(root)) }
  const edit = { object, change: (key: string, change: (node: Node) => Node | null) => setRoot(root.key === key ? rootOf(change(root)) : withNode(root, key, change)), add: (key: string, node: Node) => setRoot(addTo(root, key, node)) }
  return (
    <form
      className={css.editor} onSubmit={event => { event.preventDefault(); apply() }}
      onKeyDown={event => { if (event.key === 'Escape' && !event.defaultPrevented && !event.nativeEvent.isComposing) { event.stopPropagation(); onClose() } }}
    >
      <GroupEditor group={root} level={1} edit={edit} />
      <div className={css.foot}>
        <Button type="submit" look="main" disabled={isTooLarge}>{t('filterBar.apply')}</Button>
        <Button onClick={() => onApply(undefined)}>{t('filterBar.clear')}</Button>
        {isTooLarge && <span className={css.limit} role="alert">{t('filterBar.limit', limits)}</span>}
      </div>
    </form>
  )
}

const rootOf = (node: Node | null): Group => (node !== null && node.kind === 'group' ? node : newGroup('and'))

/** An empty editor begins with one line, to be filled. */
const started = (object: ObjectOut, root: Group): Group => (root.children.length > 0 ? root : { ...root, children: [lineFor(object)] })

function lineFor(object: ObjectOut): Line {
  const field = object.fields.find(each => each.type === 'choice') ?? object.fields[0]
  return newLine(field?.name ?? '', field === undefined ? 'eq' : firstOp(field))
}

interface Edit { object: ObjectOut; change: (key: string, change: (node: Node) => Node | null) => void; add: (key: string, node: Node) => void }

function GroupEditor({ group, level, edit }: { group: Group; level: number; edit: Edit }) {
  const { object } = edit
  return (
    <div className={css.group} role="group" aria-label={t(group.joint === 'and' ? 'filterBar.all' : 'filterBar.any')}>
      <div className={css.joint}>
        <select aria-label={t('filterBar.joint')} value={group.joint} onChange={event => edit.change(group.key, node => ({ ...node, joint: event.currentTarget.value === 'or' ? 'or' : 'and' } as Group))}>
          <option value="and">{t('filterBar.all')}</option>
          <option value="or">{t('filterBar.any')}</option>
        </select>
        {level > 1 && <IconButton icon="trash" label={t('filterBar.removeGroup')} onClick={() => edit.change(group.key, () => null)} />}
      </div>
      {group.children.map(child => (child.kind === 'group' ? <GroupEditor key={child.key} group={child} level={level + 1} edit={edit} /> : <LineEditor key={child.key} line={child} edit={edit} />))}
      <div className={css.adds}>
        <Button look="quiet" icon="plus" onClick={() => edit.add(group.key, lineFor(object))}>{t('filterBar.addLine')}</Button>
        {level < limits.depth - 1 && <Button look="quiet" icon="plus" onClick={() => edit.add(group.key, newGroup(group.joint === 'and' ? 'or' : 'and', [lineFor(object)]))}>{t('filterBar.addGroup')}</Button>}
      </div>
    </div>
  )
}

function LineEditor({ line, edit }: { line: Line; edit: Edit }) {
  const { object } = edit
  const field = fieldNamed(object, line.field)
  const change = (next: Partial<Line>) => edit.change(line.key, node => ({ ...node, ...next } as Line))
  return (
    <div className={css.line} data-finished={isFinished(line) || undefined}>
      <FieldSelect object={object} value={line.field} onField={next => change({ field: next.name, op: firstOp(next), negated: false, value: undefined })} />
      {field === undefined ? <span /> : <OpSelect field={field} op={line.op} negated={line.negated} onOp={(op, negated) => change({ op, negated, ...(isSameKind(line.op, op) ? {} : { value: undefined }) })} />}
      {field === undefined ? <span /> : <FilterValue field={field} op={line.op} value={line.value} onChange={value => change({ value })} />}
      <IconButton icon="close" label={t('filterBar.removeLine')} onClick={() => edit.change(line.key, () => null)} />
    </div>
  )
}

const many: Op[] = ['in', 'notIn']
/** Does the value of one operator make sense for the other? */
const isSameKind = (a: Op, b: Op) => a === b || (![a, b].some(op => op === 'within' || op === 'between' || op === 'empty' || op === 'notEmpty') && many.includes(a) === many.includes(b))

function FieldSelect({ object, value, onField }: { object: ObjectOut; value: string; onField: (field: FieldOut) => void }) {
  const lang = useLang()
  return (
    <select aria-label={t('filterBar.field')} value={value} onChange={event => { const field = fieldNamed(object, event.currentTarget.value); if (field !== undefined) onField(field) }}>
      {grouped(object, object.fields.filter(field => choicesOf(field).length > 0), lang).map(group => (
        <optgroup key={group.name} label={group.label || t('form.other')}>{group.fields.map(field => <option key={field.name} value={field.name}>{labelOf(field, lang)}</option>)}</optgroup>
      ))}
    </select>
  )
}

function OpSelect({ field, op, negated, onOp }: { field: FieldOut; op: Op; negated: boolean; onOp: (op: Op, negated: boolean) => void }) {
  const choices = choicesOf(field)
  const current = choiceOf(op, negated)
  return (
    <select aria-label={t('filterBar.op')} value={current} onChange={event => { const choice = choices.find(each => choiceOf(each.op, each.negated) === event.currentTarget.value); if (choice !== undefined) onOp(choice.op, choice.negated) }}>
      {!choices.some(each => choiceOf(each.op, each.negated) === current) && <option value={current}>{t(opWord(field, op, negated))}</option>}
      {choices.map(each => <option key={choiceOf(each.op, each.negated)} value={choiceOf(each.op, each.negated)}>{t(opWord(field, each.op, each.negated))}</option>)}
    </select>
  )
}
