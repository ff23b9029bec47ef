import type { ObjectOut } from '#shared/api/objects.ts'
import { OpenRecord } from '#web/records/open-record.tsx'
import { useViewState } from './view-state.ts'

/** The record that the address has open, beside what is shown. */
export function Opened({ object, onPage }: { object: ObjectOut; onPage: (record: { id: string }) => void }) {
  const { address: { open: id }, onAddress } = useViewState(object.name)
  return id === undefined ? null : <OpenRecord key={id} object={object} id={id} onClose={() => onAddress({ open: undefined })} onPage={() => onPage({ id })} />
}
