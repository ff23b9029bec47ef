import { useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { ObjectOut } from '#shared/api/objects.ts'
import { openQuickAdd } from '#web/frame/openers.ts'
import { useShapes } from '#web/frame/places.ts'
import { t, useLang } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import css from './list-empty.module.css'
import { inSentence } from './shape.ts'

interface Props { object: ObjectOut; isFiltered: boolean; onClear: () => void }

/** Nothing listed: either nothing exists yet, and how to begin; or nothing fits, and the way out. */
export function ListEmpty({ object, isFiltered, onClear }: Props) {
  const lang = useLang()
  const label = inSentence(object.label, lang)
  if (isFiltered) return <EmptyState drawing="search" action={<Button onClick={onClear}>{t('filterBar.clear')}</Button>}>{t('list.emptyFilter', { object: label })}<br />{t('list.emptyFilterTeach')}</EmptyState>
  return <EmptyState drawing="ledger" action={<Begin object={object} />}>{t('list.empty', { object: label })}<Teach object={object} /></EmptyState>
}

/** A list that exists already comes in at once; otherwise one begins by hand. */
function Begin({ object }: Pick<Props, 'object'>) {
  const lang = useLang()
  const go = useNavigate()
  const { rights } = object
  const mayShape = useShapes() && object.isOwn
  return (
    <div className={css.acts}>
      {mayShape && <Button icon="columns" onClick={() => void go({ to: '/settings/$section', params: { section: 'fields' }, search: { object: object.name } })}>{t('list.setFields')}</Button>}
      {rights.import && <Button look="main" icon="import" onClick={() => void go({ to: '/import', search: { object: object.name } })}>{t('frame.import')}</Button>}
      {rights.create && <Button look={rights.import ? 'plain' : 'main'} icon="plus" onClick={() => openQuickAdd(object.name)}>{t('list.new', { object: inSentence(object.one, lang) })}</Button>}
    </div>
  )
}

/** On a phone nothing is dragged, and there is no key N. */
function Teach({ object: { rights } }: Pick<Props, 'object'>) {
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false
  if (!rights.create && !rights.import) return null
  const key = !rights.import ? 'list.emptyTeachAdd' : !rights.create ? 'list.emptyTeachImport' : isPhone ? 'list.emptyTeachPhone' : 'list.emptyTeach'
  return <><br />{t(key)}</>
}
