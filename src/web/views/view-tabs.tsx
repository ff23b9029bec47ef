import { useMediaQuery } from '@mantine/hooks'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { ViewOut } from '#shared/api/views.ts'
import { t } from '#web/i18n.ts'
import { readListAddress } from '#web/records/list-address.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { toast } from '#web/ui/toast.tsx'
import { kindIcons, kindsOf } from './kinds.ts'
import { knownOnly } from './known-only.ts'
import { useViews } from './use-views.ts'
import { change } from './view-acts.ts'
import type { Wanted } from './view-dialog.tsx'
import { ViewMenu } from './view-menu.tsx'
import { useViewState } from './view-state.ts'
import css from './view-tabs.module.css'

const ViewDialog = lazy(() => import('./view-dialog.tsx').then(file => ({ default: file.ViewDialog })))

/** The views of an object: pinned ones as tabs, the others in a menu; what differs from the open one, and to keep it. */
export function ViewTabs({ object }: { object: ObjectOut }) {
  const state = useViewState(object.name)
  const { view, kind, settings } = state
  const { views } = useViews(object.name)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  useGone(object.name)
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false
  const tabs = views.filter(each => each.pinned || each.isDefault || each.id === view?.id)
  const others = views.filter(each => !tabs.includes(each))

  return (
    <div className={css.bar}>
      <nav className={css.tabs} aria-label={t('views.views')}>
        <Tab object={object.name} id="all" isOpen={view === undefined}>{t('views.all')}</Tab>
        {tabs.map(each => <Tab key={each.id} object={object.name} id={each.id} view={each} isOpen={each.id === view?.id} isChanged={each.id === view?.id && state.isChanged}>{each.name}</Tab>)}
      </nav>
      {others.length > 0 && <Others object={object.name} views={others} isPhone={isPhone} />}
      <IconButton icon="plus" label={t('views.new')} onClick={() => setWanted({ kind: 'new' })} />
      <div className={css.end}>
        {view !== undefined && view.leftOut > 0 && <span className={css.note} title={t('views.leftOutWhy')}><Icon name="info" size={16} /><span>{t('views.leftOut', { count: view.leftOut })}</span></span>}
        {view !== undefined && state.isChanged && (
          <span className={css.changed} role="group" aria-label={t('views.changed')}>
            <span className={css.changedWord}>{t('views.changed')}</span>
            {view.mayChange
              ? <button type="button" className={css.act} onClick={() => void change(view, { settings: knownOnly(settings, name => object.fields.some(field => field.name === name)), kind }, t('views.saved', { name: view.name })).then(isDone => { if (isDone) state.reset() })}>{t('views.save')}</button>
              : <button type="button" className={css.act} onClick={() => setWanted({ kind: 'copy', name: t('views.mine', { name: view.name }) })}>{t('views.saveMine')}</button>}
            <button type="button" className={css.act} onClick={state.reset}>{t('views.reset')}</button>
          </span>
        )}
        {view === undefined && (Object.keys(state.differences).length > 0 || kind !== 'sheet') && <button type="button" className={css.act} onClick={() => setWanted({ kind: 'new' })}>{t('views.saveAs')}</button>}
        <Dropdown kind="menu" look={isPhone ? 'sign' : 'quiet'} align="end" icon={kindIcons[kind]} label={t(`views.kind.${kind}`)} width={160}>
          {kindsOf(object).map(each => <DropdownItem key={each} icon={kindIcons[each]} onClick={() => state.setKind(each)}>{t(`views.kind.${each}`)}</DropdownItem>)}
        </Dropdown>
        {view !== undefined && <ViewMenu view={view} onEdit={() => setWanted({ kind: 'edit', view })} onCopy={() => setWanted({ kind: 'copy', name: t('views.copyOf', { name: view.name }) })} />}
      </div>
      {wanted !== null && <Suspense><ViewDialog object={object} wanted={wanted} state={state} onClose={() => setWanted(null)} /></Suspense>}
    </div>
  )
}

function Tab({ object, id, view, isOpen, isChanged = false, children }: { object: string; id: string; view?: ViewOut; isOpen: boolean; isChanged?: boolean; children: string }) {
  return (
    <Link to="/$object" params={{ object }} search={{ view: id }} className={css.tab} activeOptions={{ exact: true, includeSearch: true }} {...(isOpen ? { 'aria-current': 'page' as const } : { 'aria-current': false })} data-open={isOpen || undefined}
      title={view === undefined ? t('views.allHelp') : t('views.tabHelp', { kind: t(`views.kind.${view.kind}`), who: t(`views.for.${view.audience}`) })}>
      {view !== undefined && view.kind !== 'sheet' && <Icon name={kindIcons[view.kind]} size={14} />}
      <span className={css.name}>{children}</span>
      {isChanged && <i className={css.dot} role="img" aria-label={t('views.changed')} />}
    </Link>
  )
}

const order = ['mine', 'department', 'everyone'] as const

function Others({ object, views, isPhone }: { object: string; views: ViewOut[]; isPhone: boolean }) {
  const go = useNavigate()
  return (
    <Dropdown kind="menu" look={isPhone ? 'sign' : 'quiet'} icon="down" label={t('views.more', { count: views.length })} width={260}>
      <div className={css.others}>
        {order.filter(audience => views.some(view => view.audience === audience)).map(audience => (
          <div key={audience} role="group" aria-label={t(`views.for.${audience}`)}>
            <p className={css.groupName} aria-hidden="true">{t(`views.for.${audience}`)}</p>
            {views.filter(view => view.audience === audience).map(view => (
              <DropdownItem key={view.id} icon={kindIcons[view.kind]} onClick={() => void go({ to: '/$object', params: { object }, search: { view: view.id } })}>{view.name}</DropdownItem>
            ))}
          </div>
        ))}
      </div>
    </Dropdown>
  )
}

/** A view that is not there, or not for this person, is said; the list shows everything instead. */
function useGone(object: string) {
  const { view: id } = readListAddress(useSearch({ strict: false }))
  const go = useNavigate()
  const { views, isPending, isFetching, error } = useViews(object)
  const isGone = id !== undefined && id !== 'all' && !isPending && !isFetching && error === null && !views.some(view => view.id === id)
  useEffect(() => {
    if (!isGone) return
    toast({ text: t('views.gone') })
    void go({ to: '/$object', params: { object }, search: (before: Record<string, unknown>) => ({ ...readListAddress(before), view: 'all' }), replace: true })
  }, [isGone, object, go])
}
