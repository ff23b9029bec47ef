import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { NotFound } from '#web/frame/not-found.tsx'
import { Screen } from '#web/frame/screen.tsx'
import { useLang } from '#web/i18n.ts'
import { FileDrop } from '#web/imports/file-drop.tsx'
import { useObject } from '#web/objects.ts'
import { Skeleton } from '#web/ui/states.tsx'
import { useViewState } from '#web/views/view-state.ts'
import { useWithoutGone } from './without-gone.ts'

const Sheet = lazy(() => import('./sheet.tsx').then(file => ({ default: file.Sheet })))
const Cards = lazy(() => import('./cards.tsx').then(file => ({ default: file.Cards })))

/** The home of an object: a sheet where there is room, cards on a phone. The address holds what is shown. */
export function ListScreen() {
  const { object: name = '' } = useParams({ strict: false })
  const go = useNavigate()
  const lang = useLang()
  const object = useObject(name)
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false
  const { differences, address, onAddress } = useViewState(name)
  useWithoutGone(object, differences, onAddress)
  if (object === undefined) return <NotFound />

  const onPage = ({ id }: { id: string }) => void go({ to: '/$object/$id', params: { object: name, id } })
  return (
    <Screen title={object.label[lang]} edges>
      <FileDrop object={object}><Suspense fallback={<Skeleton shape="sheet" />}>
        {isPhone
          ? <Cards key={name} object={object} address={address} onAddress={onAddress} />
          : <Sheet key={name} object={object} address={address} onAddress={onAddress} onPage={onPage} />}
      </Suspense></FileDrop>
    </Screen>
  )
}
