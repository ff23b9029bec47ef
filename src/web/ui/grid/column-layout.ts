import type { Track } from './geometry.ts'
import { endOf, place } from './geometry.ts'
import type { ColumnLayout, GridColumn } from './types.ts'

export interface PlacedColumn<Row> extends Track { column: GridColumn<Row> }

/** The visible columns from left to right, frozen ones first. */
export interface Arrangement<Row> {
  columns: readonly PlacedColumn<Row>[]
  frozen: number
  /** px from the left edge to the end of the frozen part and of the sheet. */
  frozenWidth: number
  width: number
}

/** px of the column with row numbers and ticks. */
export const gutterWidth = 56
export const minWidth = 48
const maxWidth = 900

/** The frozen part leaves room for the rest, also on a narrow screen. */
const frozenShare = 0.6

/**
 * Puts the columns where the person left them; columns that are new since then stand behind the one before them.
 * Frozen columns that do not fit into `viewWidth` px scroll with the others.
 */
export function arrange<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout, viewWidth = Infinity): Arrangement<Row> {
  const shown = inOrder(columns, layout.order).filter(column => !isHidden(column, layout))
  const frozen = shown.filter(column => isFrozen(column, layout))
  const sorted = [...frozen, ...shown.filter(column => !isFrozen(column, layout))]
  const tracks = place(sorted.map(column => layout.widths?.[column.name] ?? column.width), gutterWidth)
  const placed = sorted.map((column, index) => ({ x: 0, width: column.width, ...tracks[index], column }))
  const fitting = placed.slice(0, frozen.length).filter(({ x, width }) => x + width <= viewWidth * frozenShare)
  return {
    columns: placed,
    frozen: fitting.length,
    frozenWidth: endOf(fitting, gutterWidth),
    width: endOf(placed, gutterWidth),
  }
}

function inOrder<Row>(columns: readonly GridColumn<Row>[], order: readonly string[] = []): GridColumn<Row>[] {
  const known = new Set(order)
  const byName = new Map(columns.map(column => [column.name, column]))
  const result = order.flatMap(name => byName.get(name) ?? [])
  columns.forEach((column, index) => {
    if (known.has(column.name)) return
    const before = columns[index - 1]
    result.splice(before ? result.indexOf(before) + 1 : 0, 0, column)
  })
  return result
}

export const isHidden = <Row>(column: GridColumn<Row>, layout: ColumnLayout) =>
  layout.hidden ? layout.hidden.includes(column.name) : column.hidden === true

export const isFrozen = <Row>(column: GridColumn<Row>, layout: ColumnLayout) =>
  layout.frozen ? layout.frozen.includes(column.name) : column.frozen === true

const names = <Row>(columns: readonly GridColumn<Row>[]) => columns.map(column => column.name)

export function withHidden<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout, name: string, hide: boolean): ColumnLayout {
  const others = names(columns.filter(column => column.name !== name && isHidden(column, layout)))
  return { ...layout, hidden: hide ? [...others, name] : others }
}

export function withFrozen<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout, name: string, freeze: boolean): ColumnLayout {
  const others = names(columns.filter(column => column.name !== name && isFrozen(column, layout)))
  return { ...layout, frozen: freeze ? [...others, name] : others }
}

export const withWidth = (layout: ColumnLayout, name: string, width: number): ColumnLayout =>
  ({ ...layout, widths: { ...layout.widths, [name]: clampWidth(width) } })

export const clampWidth = (width: number) => Math.round(Math.max(minWidth, Math.min(maxWidth, width)))

/** Moves a column before another one (`null`: to the end). It freezes or thaws with the side that it lands on. */
export function withMoved<Row>(columns: readonly GridColumn<Row>[], layout: ColumnLayout, name: string, before: string | null): ColumnLayout {
  if (before === name) return layout
  const all = inOrder(columns, layout.order)
  const sorted = names([...all.filter(column => isFrozen(column, layout)), ...all.filter(column => !isFrozen(column, layout))])
  const order = sorted.filter(other => other !== name)
  const target = before === null ? order.length : order.indexOf(before)
  order.splice(target, 0, name)
  const next = columns.find(column => column.name === before)
  const joinsFrozen = next !== undefined && isFrozen(next, layout)
  return withFrozen(columns, { ...layout, order }, name, joinsFrozen)
}
