import { useNavigate } from '@tanstack/react-router'
import type { ObjectOut } from '#shared/api/objects.ts'
import { openQuickAdd } from '#web/frame/openers.ts'
import { t, useLang } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState } from '#web/ui/states.tsx'

interface Props { object: ObjectOut; isFiltered: boolean; onClear: () => void }

/** Nothing listed: either nothing exists yet, and how to begin; or nothing fits, and the way out. */
export function ListEmpty({ object, isFiltered, onClear }: Props) {
  const lang = useLang()
  const go = useNavigate()
  const label = object.label[lang]
  if (isFiltered) return <EmptyState drawing="search" action={<Button onClick={onClear}>{t('filterBar.clear')}</Button>}>{t('list.emptyFilter', { object: label })}<br />{t('list.emptyFilterTeach')}</EmptyState>
  const bring = object.rights.import && <Button icon="import" onClick={() => void go({ to: '/import' })}>{t('frame.import')}</Button>
  const add = object.rights.create ? <Button look="main" icon="plus" onClick={() => openQuickAdd(object.name)}>{t('list.new', { object: object.one[lang] })}</Button> : undefined
  return <EmptyState drawing="ledger" action={<>{add}{bring}</>}>{t('list.empty', { object: label })}{object.rights.create && <><br />{t('list.emptyTeach')}</>}</EmptyState>
}
