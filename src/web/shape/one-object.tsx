import '@mantine/core/styles/SegmentedControl.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import { SegmentedControl } from '@mantine/core'
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
  const [name, setName] = useState('')
  const object = places.find(place => place.name === name) ?? places[0]
  if (!object) return null
  return (
    <>
      <p className={css.intro}>{intro}</p>
      <Page key={object.name} object={object} objects={places.length > 1 && (
        <SegmentedControl aria-label={t('shaping.which')} value={object.name} onChange={setName} data={places.map(place => ({ value: place.name, label: word(place.label) }))} />
      )} />
    </>
  )
}
