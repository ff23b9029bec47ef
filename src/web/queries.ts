import type { Endpoint } from '#shared/api/endpoint.ts'
import { queryRecords, type Page, type RecordQuery } from '#shared/api/records.ts'
import { Problem } from '#shared/problem.ts'
import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { newId } from './new-id.ts'
import { call, read, type Args, type Input } from './api.ts'
import { currentConnection, onConnection } from './connection.ts'
import { toast, type Toast } from './ui/toast.tsx'

const isLost = (error: unknown) => error instanceof Problem && (error.code === 'network.lost' || error.code === 'database.unavailable')

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 10_000, retry: (count, error) => isLost(error) && count < 2, refetchOnWindowFocus: true, networkMode: 'always' } },
})
// What could not be asked while the server was away is asked when it is back.
onConnection(() => { if (currentConnection() === 'ok') void queries.invalidateQueries() })

/** `[noun, path, input]`: hints of the server name the noun. What exists, and what it consists of, is `fields`; saved views are `views`. */
const keyOf = (endpoint: { path: string }, input: { params?: unknown } | undefined) => {
  if (endpoint.path.startsWith('/objects')) return [endpoint.path.includes('/views') ? 'views' : 'fields', endpoint.path, input ?? {}]
  const params = input?.params as { object?: string } | undefined
  return [params?.object ?? endpoint.path.split('/')[1] ?? '', endpoint.path, input ?? {}]
}

export interface Reading { enabled?: boolean; staleTime?: number; /** Shows the former answer while the next one is on its way. */ keep?: boolean; /** ms between asking again. */ every?: number | false }

/** Reads what the endpoint gives, keeps it and asks again when a hint says that it changed. */
export function useRead<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, ...rest: [...Args<P, Q, B>, options?: Reading]): UseQueryResult<O, Problem> {
  const [input, options = {}] = rest as unknown as [Input<P, Q, B> | undefined, Reading?]
  return useQuery<O, Problem>({
    queryKey: keyOf(endpoint, input),
    queryFn: async ({ signal }) => await read(endpoint, ...[{ ...input, signal }] as unknown as Args<P, Q, B>) ?? null as O,
    enabled: options.enabled ?? true,
    ...(options.staleTime === undefined ? {} : { staleTime: options.staleTime }),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
    ...(options.every === undefined ? {} : { refetchInterval: options.every }),
  })
}

/** A page of records of one object. */
export const useList = (object: string, query: RecordQuery, options: Reading = {}): UseQueryResult<Page, Problem> =>
  useRead(queryRecords, { params: { object }, body: query }, options)

/** What was read about a noun (`*`: everything) is asked again; with ids, only single records among them and all lists. */
export function refresh(noun: string, ids?: readonly string[]) {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [of, , input] }) => {
      const id = (input as { params?: { id?: string } } | undefined)?.params?.id
      return (noun === '*' || of === noun) && (ids === undefined || id === undefined || ids.includes(id))
    },
  })
}

export interface Calling<O, I> {
  /** What is already known of the input; `body` and `params` are merged with what `run` brings. */
  with?: Partial<I>
  onSuccess?: (output: O) => void
  /** Said after success, perhaps with a way back. */
  toast?: (output: O) => Toast
}

/** A write of a screen: `run` it; `busy` while it is on its way; `problem` when it was refused. What it touches is read again. */
export function useCall<P, Q, B, O>(endpoint: Endpoint<P, Q, B, O>, options: Calling<O, Input<P, Q, B>> = {}) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const unanswered = useRef<{ content: string; id: string } | null>(null)

  async function run(given: Partial<Input<P, Q, B>> = {}): Promise<O | undefined> {
    const input = merged(options.with, given)
    const content = JSON.stringify(input)
    // A write whose answer got lost keeps its operation id: done once, however often it is sent.
    const id = unanswered.current?.content === content ? unanswered.current.id : newId()
    setBusy(true)
    setProblem(null)
    try {
      const output = await call(endpoint, ...[{ operationId: id, ...input }] as unknown as Args<P, Q, B>)
      unanswered.current = null
      refresh(String(keyOf(endpoint, input)[0]))
      if (options.toast) toast(options.toast(output))
      options.onSuccess?.(output)
      return output
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      unanswered.current = isLost(error) ? { content, id } : null
      setProblem(error)
      return undefined
    } finally {
      setBusy(false)
    }
  }
  return { run, busy, problem, forget: () => setProblem(null) }
}

const merged = <I extends object>(known: Partial<I> = {}, given: Partial<I> = {}): Partial<I> => {
  const all: Record<string, unknown> = { ...known, ...given }
  for (const part of ['params', 'query', 'body']) {
    const [a, b] = [(known as Record<string, unknown>)[part], (given as Record<string, unknown>)[part]]
    if (a !== undefined && b !== undefined) all[part] = { ...a, ...b }
  }
  return all as Partial<I>
}
