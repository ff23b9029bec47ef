import { useNavigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { QuickAdd } from '#web/records/quick-add.tsx'
import { usePlaces } from './places.ts'

const RecordForm = lazy(() => import('#web/records/form.tsx').then(file => ({ default: file.RecordForm })))

/** 快速添加 from anywhere, and the full form when the line is not enough: whoever opens the new record comes to its page. */
export function QuickAddOver({ object: wanted, onClose }: { object: string | null; onClose(): void }) {
  const go = useNavigate()
  const { object: here } = useParams({ strict: false })
  const fitting = usePlaces().filter(place => place.rights.create)
  const object = [wanted ?? here, 'customers'].flatMap(name => fitting.filter(place => place.name === name))[0] ?? fitting[0]
  const [typed, setTyped] = useState<Record<string, unknown> | null>(null)
  if (!object) return null

  const open = ({ id }: { id: string }) => void go({ to: '/$object/$id', params: { object: object.name, id } })
  if (typed === null) return <QuickAdd object={object} onClose={onClose} onOpen={open} onFull={setTyped} />
  const openSaved = (record: { id: string }) => {
    onClose()
    open(record)
  }
  return <Suspense><RecordForm object={object} initial={typed} onSaved={openSaved} onClose={onClose} /></Suspense>
}
