import { Link, useParams } from '@tanstack/react-router'
import { useObject, useWord } from '#web/objects.ts'
import { useList } from '#web/queries.ts'
import { nameOf } from '#web/records/shape.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { ObjectOut } from '#shared/api/objects.ts'
import { NotFound } from './not-found.tsx'
import { Screen } from './screen.tsx'

/** The home of an object: its records. */
export function ObjectScreen() {
  const { object: name = '' } = useParams({ strict: false })
  const object = useObject(name)
  const word = useWord()
  return object ? <Screen title={word(object.label)}><Names key={name} object={object} /></Screen> : <NotFound />
}

function Names({ object }: { object: ObjectOut }) {
  const list = useList(object.name, { limit: 100 })
  if (list.isPending) return <Skeleton shape="sheet" />
  if (list.error) return <ErrorState problem={list.error} onRetry={list.refetch} />
  return <ul>{list.data.records.map(record => <li key={record.id}><Link to="/$object/$id" params={{ object: object.name, id: record.id }}>{nameOf(object, record)}</Link></li>)}</ul>
}
