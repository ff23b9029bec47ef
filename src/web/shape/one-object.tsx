import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import { SegmentedControl, Select } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState, type ComponentType, type ReactNode } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { usePlaces } from '#web/frame/places.ts'
import { t } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import css from './shape.module.css'

/** A page about one object of the company at a time; it puts the switch between them where it has room. */
export function OneObject({ intro, page: Page }: { intro: string; page: ComponentType<{ object: ObjectOut; objects: ReactNode }> }) {
  const places = usePlaces()
  const word = useWord()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const [name, setName] = useState(typeof search['object'] === 'string' ? search['object'] : '')
  const object = places.find(place => place.name === name) ?? places[0]
  if (!object) return null
  return (
    <>
      <p className={css.intro}>{intro}</p>
      <Page key={object.name} object={object} objects={places.length > 1 && <Switch chosen={object.name} onChoose={setName} choices={places.map(place => ({ value: place.name, label: word(place.label) }))} />} />
    </>
  )
}

/** Few stand beside each other, many below. */
function Switch({ chosen, choices, onChoose }: { chosen: string; choices: { value: string; label: string }[]; onChoose: (name: string) => void }) {
  if (choices.length <= 4) return <SegmentedControl aria-label={t('shaping.which')} value={chosen} onChange={onChoose} data={choices} />
  return <Select aria-label={t('shaping.which')} className={css.which ?? ''} value={chosen} data={choices} searchable allowDeselect={false} checkIconPosition="right" onChange={name => { if (name !== null) onChoose(name) }} />
}
