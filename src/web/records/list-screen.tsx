import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { NotFound } from '#web/frame/not-found.tsx'
import { Screen } from '#web/frame/screen.tsx'
import { useLang, withTexts } from '#web/i18n.ts'
import { FileDrop } from '#web/imports/file-drop.tsx'
import { useObject } from '#web/objects.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { useBeginning } from '#web/views/begin.ts'
import { useViewState } from '#web/views/view-state.ts'
import css from './list-screen.module.css'
import { useWithoutGone } from './without-gone.ts'

const sheetFile = () => import('./sheet.tsx')
const cardsFile = () => import('./cards.tsx')
const phone = '(max-width: 767px)'
// What most people see first is on its way while it is asked which views there are.
void (matchMedia(phone).matches ? cardsFile() : sheetFile())

const Sheet = lazy(() => sheetFile().then(file => ({ default: file.Sheet })))
const Cards = lazy(() => cardsFile().then(file => ({ default: file.Cards })))
const KindScreen = lazy(() => withTexts('views', import('#web/views/kind-screen.tsx')).then(file => ({ default: file.KindScreen })))
const ViewTabs = lazy(() => withTexts('views', import('#web/views/view-tabs.tsx')).then(file => ({ default: file.ViewTabs })))

/** The home of an object: its views, and below them a sheet where there is room, cards on a phone, or what the view says. The address holds what is shown. */
export function ListScreen() {
  const { object: name = '' } = useParams({ strict: false })
  const lang = useLang()
  const object = useObject(name)
  const hasBegun = useBeginning(name)
  const { differences, onAddress } = useViewState(name)
  useWithoutGone(object, differences, onAddress)
  if (object === undefined) return <NotFound />

  return (
    <Screen title={object.label[lang]} edges>
      <FileDrop object={object}>
        <div className={css.tabs}><Suspense><ViewTabs key={name} object={object} /></Suspense></div>
        <Suspense fallback={<Skeleton shape="sheet" />}>{hasBegun ? <Records key={name} object={object} /> : <Skeleton shape="sheet" />}</Suspense>
      </FileDrop>
    </Screen>
  )
}

function Records({ object }: { object: ObjectOut }) {
  const go = useNavigate()
  const isPhone = useMediaQuery(phone, undefined, { getInitialValueInEffect: false }) ?? false
  const { kind, address, onAddress } = useViewState(object.name)
  const onPage = ({ id }: { id: string }) => void go({ to: '/$object/$id', params: { object: object.name, id } })
  if (kind === 'sheet') return isPhone ? <Cards object={object} address={address} onAddress={onAddress} /> : <Sheet object={object} address={address} onAddress={onAddress} onPage={onPage} />
  return <KindScreen kind={kind} object={object} isPhone={isPhone} onPage={onPage} />
}
