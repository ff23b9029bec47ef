import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { readListAddress } from '#web/records/list-address.ts'
import { useViews } from './use-views.ts'

/** Who comes without a wish begins with the view of their role. False until it is known what that is. */
export function useBeginning(object: string): boolean {
  const search = readListAddress(useSearch({ strict: false }))
  const go = useNavigate()
  const { views, isPending } = useViews(object)
  const hasWish = Object.keys(search).some(name => name !== 'open')
  const first = hasWish ? undefined : views.find(view => view.isDefault)?.id
  useEffect(() => {
    if (first !== undefined) void go({ to: '/$object', params: { object }, search: (before: Record<string, unknown>) => ({ ...readListAddress(before), view: first }), replace: true })
  }, [first, object, go])
  return first === undefined && !(isPending && (search.view !== undefined || !hasWish))
}
