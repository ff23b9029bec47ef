import type { Timing } from './clock.ts'

/** One measured thing beside its floor. */
export interface Row { what: string; clients: number; ours: Timing; floor: Timing }

/** A whole figure of another kind: rows per second, seconds, megabytes. */
export interface Figure { what: string; ours: string; floor?: string; ratio?: string }

/** A target of the project, and whether this run met it. */
export interface Verdict { target: string; reached: string; isMet: boolean }

const ms = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0))

export const timings = (rows: Row[]): string => table(
  ['what', 'clients', 'p50 ms', 'p99 ms', 'per second', 'floor p50', 'floor p99', 'ratio'],
  rows.map(({ what, clients, ours, floor }) => [what, String(clients), ms(ours.p50), ms(ours.p99), ours.perSecond.toFixed(0), ms(floor.p50), ms(floor.p99), `${(ours.p50 / floor.p50).toFixed(1)}×`]),
)

export const figures = (list: Figure[]): string => table(['what', 'product', 'floor', 'ratio'], list.map(({ what, ours, floor = '', ratio = '' }) => [what, ours, floor, ratio]))

export const verdicts = (list: Verdict[]): string => table(['target', 'reached', ''], list.map(({ target, reached, isMet }) => [target, reached, isMet ? 'met' : '**missed**']))

export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, i) => (i === 0 ? '--' : '--:'))), ...rows.map(line)].join('\n')
}
