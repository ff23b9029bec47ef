import { t } from '#web/i18n.ts'
import { isFrozen, withFrozen, withHidden, withMoved, withWidth } from './column-layout.ts'
import { fittingWidth } from './fit.ts'
import type { Sheet } from './sheet.ts'
import type { ColumnLayout, GridColumn, GridSort, MenuItem } from './types.ts'

/** What a person may do with a column; the screen's own items come first after sorting. */
export function columnMenuItems<Row>(sheet: Sheet<Row>, column: GridColumn<Row>): MenuItem[] {
  const { props } = sheet
  const own = props.columnMenu?.(column) ?? []
  const groups = [sortItems(sheet, column), own, props.onColumnsChange ? layoutItems(sheet, column, props.onColumnsChange) : []]
  return groups.filter(group => group.length > 0).flatMap((group, index) => (index > 0 ? ['divider' as const, ...group] : group))
}

function sortItems<Row>({ props }: Sheet<Row>, column: GridColumn<Row>): MenuItem[] {
  const { onSort, sort = [] } = props
  if (!onSort || !column.sortable) return []
  const sorted = sort.find(each => each.column === column.name)
  const item = (descending: boolean): MenuItem => ({
    label: t(descending ? 'grid.sortDescending' : 'grid.sortAscending'),
    checked: sorted?.descending === descending,
    run: () => onSort(sorted?.descending === descending ? sort.filter(each => each !== sorted) : [{ column: column.name, descending }]),
  })
  return [item(false), item(true)]
}

/** A press on the arrow: ascending, descending, not sorted. */
export function nextSort(sort: readonly GridSort[], column: string): GridSort[] {
  const sorted = sort.find(each => each.column === column)
  if (!sorted) return [{ column, descending: false }]
  return sorted.descending ? sort.filter(each => each !== sorted) : sort.map(each => (each === sorted ? { column, descending: true } : each))
}

function layoutItems<Row>(sheet: Sheet<Row>, column: GridColumn<Row>, onChange: (layout: ColumnLayout) => void): MenuItem[] {
  const { columns, layout = {} } = sheet.props
  const { name } = column
  const shown = sheet.arrangement.columns.map(each => each.column)
  const at = shown.indexOf(column)
  const frozen = isFrozen(column, layout)
  const isSameSide = (other: GridColumn<Row> | undefined) => other !== undefined && isFrozen(other, layout) === frozen
  const left = shown[at - 1]
  const right = shown[at + 1]
  return [
    { label: t(frozen ? 'grid.unfreeze' : 'grid.freeze'), run: () => onChange(withFrozen(columns, layout, name, !frozen)) },
    { label: t('grid.hide'), isDisabled: shown.length === 1, run: () => onChange(withHidden(columns, layout, name, true)) },
    { label: t('grid.fit'), run: () => onChange(withWidth(layout, name, fittingWidth(sheet, column))) },
    { label: t('grid.moveLeft'), isDisabled: !isSameSide(left), run: () => left && onChange(withMoved(columns, layout, name, left.name)) },
    { label: t('grid.moveRight'), isDisabled: !isSameSide(right), run: () => right && onChange(withMoved(columns, layout, right.name, name)) },
  ]
}
