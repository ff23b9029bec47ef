import { useState, type ReactNode } from 'react'
import { functionNames, functions, type FunctionName } from '#shared/formula/functions.ts'
import type { Field } from '#shared/object.ts'
import { kindOfField } from '#shared/formula/check.ts'
import { t, useLang } from '#web/i18n.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import css from './formula.module.css'
import { typeWord } from './types.ts'

interface Props { onPick: (text: string) => void }
interface Item { key: string; words: string; heading?: string; shown: ReactNode; text: string }

/** Every field that a formula can read; a pick puts it where the caret is. */
export function FieldPicker({ fields, onPick }: Props & { fields: Field[] }) {
  const lang = useLang()
  const items = fields.filter(field => kindOfField(field) !== null).map((field): Item => ({
    key: field.name, words: `${field.label[lang]} ${field.name}`, text: `{${/[{}｛｝]/.test(field.label[lang]) ? field.name : field.label[lang]}}`, shown: <><span>{field.label[lang]}</span><small>{typeWord(field.type)}</small></>,
  }))
  return <Picker label={t('formula.insertField')} items={items} width={280} onPick={onPick} />
}

const groups = ['logic', 'number', 'text', 'date'] as const

/** Every function with how it is written and what it gives. */
export function FunctionPicker({ onPick }: Props) {
  const items = groups.flatMap(group => functionNames.filter(name => functions[name].group === group).map((name, i): Item => {
    const [usage = '', meaning = ''] = t(`formula.fn.${name}`).split('\n')
    return { key: name, words: `${usage} ${meaning}`, ...(i === 0 && { heading: t(`formula.group.${group}`) }), text: `${name}(|)`, shown: <><code>{usage}</code><small>{meaning}</small></> }
  }))
  return <Picker label={t('formula.insertFunction')} items={items} width={340} onPick={onPick} />
}

export const usageOf = (name: FunctionName) => t(`formula.fn.${name}`).split('\n')[0] ?? ''

function Picker({ label, items, width, onPick }: Props & { label: string; items: Item[]; width: number }) {
  return <Dropdown label={label} icon="plus" look="quiet" width={width}>{close => <List label={label} items={items} onPick={text => { close(); onPick(text) }} />}</Dropdown>
}

function List({ label, items, onPick }: Props & { label: string; items: Item[] }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = items.filter(item => item.words.toLowerCase().includes(wanted))
  return (
    <div className={css.picker}>
      <input type="search" value={text} aria-label={t('formula.find')} placeholder={t('formula.find')} onChange={event => setText(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (shown[0]) onPick(shown[0].text)
        }} />
      <ul aria-label={label}>
        {shown.map(item => (
          <li key={item.key}>
            {item.heading !== undefined && wanted === '' && <div className={css.heading}>{item.heading}</div>}
            <button type="button" className={css.pick} onClick={() => onPick(item.text)}>{item.shown}</button>
          </li>
        ))}
      </ul>
    </div>
  )
}
