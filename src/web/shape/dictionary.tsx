import { useState, type CSSProperties, type ReactNode } from 'react'
import { readDictionary, type DictionaryField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { useRead } from '#web/queries.ts'
import { Icon } from '#web/ui/icon.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Tag } from '#web/ui/tag.tsx'
import css from './dictionary.module.css'
import { OneObject } from './one-object.tsx'
import shape from './shape.module.css'
import { typeWord } from './types.ts'

/** 字段字典: what every field means and how it is filled in, for whoever fills it in. */
export const DictionaryScreen = () => <OneObject intro={t('dictionary.intro')} page={Fields} />

function Fields({ object, objects }: { object: ObjectOut; objects: ReactNode }) {
  const word = useWord()
  const [text, setText] = useState('')
  const read = useRead(readDictionary, { params: { object: object.name } })
  const wanted = text.trim().toLowerCase()
  const shown = (read.data?.fields ?? []).filter(field => [word(field.label), field.name, ...(field.options ?? []).map(option => option.label)].some(each => each.toLowerCase().includes(wanted)))
  return (
    <>
      <div className={shape.bar}>
        {objects}
        <input className={shape.find} type="search" value={text} aria-label={t('shaping.find')} placeholder={t('shaping.find')} onChange={event => setText(event.currentTarget.value)} />
        <span className={shape.count}>{t('shaping.count', { count: shown.length })}</span>
        <a className={css.download} href={`/api/v1/objects/${object.name}/dictionary.xlsx`} download><Icon name="export" size={16} />{t('dictionary.download')}</a>
      </div>
      {read.isPending && <Skeleton shape="lines" />}
      {read.error && !read.data && <ErrorState problem={read.error} onRetry={read.refetch} />}
      <div className={shape.groups}>
        {object.groups.map(group => {
          const own = shown.filter(field => field.group === group.name)
          return own.length > 0 && (
            <section key={group.name} aria-label={word(group.label)}>
              <h3 className={shape.group}>{word(group.label)}<span>{own.length}</span></h3>
              <ul className={shape.lines}>{own.map(field => <Line key={field.name} field={field} records={read.data?.records ?? 0} />)}</ul>
            </section>
          )
        })}
      </div>
      {read.data && shown.length === 0 && <p className={shape.none}>{t('shaping.noneFound', { text: text.trim() })}</p>}
    </>
  )
}

function Line({ field, records }: { field: DictionaryField; records: number }) {
  const word = useWord()
  const marks = (['required', 'unique', 'needsReason', 'setOnce', 'computed'] as const).filter(mark => field[mark] === true).map(mark => t(`dictionary.${mark}`))
  return (
    <li className={css.line}>
      <div>
        <span className={css.label}>{word(field.label)}</span>
        <span className={css.kind}>{[typeWord(field.type), field.unit].filter(part => part !== undefined).join(' · ')}</span>
        {marks.length > 0 && <div className={css.marks}>{marks.join(' · ')}</div>}
      </div>
      <div>
        {field.help && <p className={css.help}>{word(field.help)}</p>}
        {field.made !== undefined && <p className={css.example}>{field.made}</p>}
        {field.example !== undefined && <p className={css.example}>{t('dictionary.like', { example: field.example })}</p>}
        <Options field={field} />
      </div>
      <Filled filled={field.filled} records={records} />
    </li>
  )
}

function Options({ field }: { field: DictionaryField }) {
  const offered = (field.options ?? []).filter(option => option.retired !== true)
  if (offered.length === 0) return null
  return (
    <ul className={css.options}>
      {offered.map(option => (
        <li key={option.id} data-defined={option.definition !== undefined}>
          <Tag hue={option.color}>{option.label}</Tag>
          {option.definition !== undefined && <span className={css.definition}>{option.definition}</span>}
        </li>
      ))}
    </ul>
  )
}

function Filled({ filled, records }: { filled: number; records: number }) {
  if (records === 0) return <span className={css.filled}>–</span>
  const share = `${Math.round((filled / records) * 1000) / 10}%`
  return (
    <span className={css.filled} title={t('dictionary.filledOf', { filled, records })}>
      <span>{t('dictionary.filled')} {share}</span>
      <i style={{ '--share': share } as CSSProperties} />
    </span>
  )
}
