import { useEffect, useRef } from 'react'
import type { ObjectOut } from '#shared/api/objects.ts'
import { t, useLang } from '#web/i18n.ts'
import { toast } from '#web/ui/toast.tsx'
import { withoutUnknown } from './known-fields.ts'
import type { AddressChange, Differences } from './list-address.ts'

/** A filter or a sort of the address by a field that was retired, or that one may not see, is dropped and said: the list stays alive. */
export function useWithoutGone(object: ObjectOut | undefined, said: Pick<Differences, 'filter' | 'sort'>, onAddress: (change: AddressChange) => void) {
  const lang = useLang()
  const labels = useRef(new Map<string, string>())
  object?.fields.forEach(field => labels.current.set(`${object.name}.${field.name}`, field.label[lang]))
  const address = { ...(said.filter && { filter: said.filter }), ...(said.sort && { sort: said.sort }) }
  const { address: { filter, sort }, gone } = object === undefined ? { address, gone: [] } : withoutUnknown(address, name => object.fields.some(field => field.name === name))
  const told = gone.map(name => `${object?.name}.${name}`).join()
  const drop = useRef(() => {})
  drop.current = () => onAddress({ ...(said.filter && { filter }), ...(said.sort && { sort }) })
  // Said once for each field that goes.
  useEffect(() => {
    if (told === '') return
    toast({ text: t('sheet.fieldGone', { names: told.split(',').map(name => labels.current.get(name) ?? name.slice(name.indexOf('.') + 1)).join(', ') }) })
    drop.current()
  }, [told])
}
