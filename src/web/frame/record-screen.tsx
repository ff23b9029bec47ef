import { useNavigate, useParams } from '@tanstack/react-router'
import { useObject, useWord } from '#web/objects.ts'
import { RecordView } from '#web/records/page.tsx'
import { NotFound } from './not-found.tsx'
import { Screen } from './screen.tsx'

/** The page of one record. */
export function RecordScreen() {
  const { object: name = '', id = '' } = useParams({ strict: false })
  const go = useNavigate()
  const object = useObject(name)
  const word = useWord()
  if (!object) return <NotFound />

  const back = () => void go({ to: '/$object', params: { object: name } })
  return <Screen title={word(object.label)} onBack={back}><RecordView object={object} id={id} onRemoved={back} /></Screen>
}
