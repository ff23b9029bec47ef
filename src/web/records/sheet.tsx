import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { parseSort, writeSort } from '#shared/filter.ts'
import { Problem } from '#shared/problem.ts'
import { currentLang, t, useLang, withTexts } from '#web/i18n.ts'
import { arrange } from '#web/ui/grid/column-layout.ts'
import { Grid } from '#web/ui/grid/grid.tsx'
import type { GridHandle, GridSort } from '#web/ui/grid/types.ts'
import { ErrorState } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useViewState } from '#web/views/view-state.ts'
import { copy } from './acts.ts'
import { FilterBar } from './filter-bar.tsx'
import type { AddressChange, ListAddress } from './list-address.ts'
import { ListEmpty } from './list-empty.tsx'
import { inSentence, numberOf } from './shape.ts'
import { useSaving } from './saving.tsx'
import { useSheetActs, type SheetActs } from './sheet-acts.ts'
import { withAdded } from './sheet-added.ts'
import { columnsOf } from './sheet-columns.tsx'
import { useFind } from './sheet-find.tsx'
import { useGroups } from './sheet-groups.ts'
import { useJump } from './sheet-jump.tsx'
import { useLook } from './sheet-look.tsx'
import { useOthers } from './sheet-others.ts'
import { useSheetKeys } from './sheet-keys.ts'
import { useShaping } from './sheet-shaping.tsx'
import { Count, useSums } from './sheet-footer.tsx'
import { SheetTools } from './sheet-tools.tsx'
import css from './sheet.module.css'
import type { Chosen } from './targets.ts'
import { useSheetStore } from './use-sheet-store.ts'

const BulkBar = lazy(() => withTexts('sheet', import('#web/sheet/bulk-bar.tsx')).then(file => ({ default: file.BulkBar })))
const OpenRecord = lazy(() => import('./open-record.tsx').then(file => ({ default: file.OpenRecord })))

interface Props {
  object: ObjectOut
  address: ListAddress
  onAddress: (change: AddressChange) => void
  onPage: (record: { id: string }) => void
}

const none: Chosen = { all: false, ids: new Set() }

/** The home of an object: filter, sheet to the edges, sums, and the opened record beside it. */
export function Sheet({ object, address, onAddress, onPage }: Props) {
  useSheetKeys()
  const lang = useLang()
  const { filter, q, sort, open } = address
  const query = { ...(filter && { filter }), ...(q && { q }), ...(sort && { sort }) }
  const list = useSheetStore(object.name, query)
  const [chosen, setChosen] = useState<Chosen>(none)
  const { layout, setLayout, look, setLook } = useViewState(object.name)
  const columns = useMemo(() => columnsOf(object, lang), [object, lang])
  const shownColumns = arrange(columns, layout).columns.map(each => each.column)
  const shown = shownColumns.map(each => each.name)
  const groups = useGroups(object, list, query, look.by, shown)
  const { store, total } = groups
  const saving = useSaving(object)
  const sums = useSums(object, shown, query, total)
  const grid = useRef<GridHandle | null>(null)
  const acts = useSheetActs(object, store, saving, query, grid)
  const mayAdd = object.rights.create && object.rights.edit
  const source = useMemo(() => (mayAdd ? withAdded(store, acts.added) : store), [mayAdd, store, acts.added])
  const shaping = useShaping(object, columns, grid)
  const jump = useJump(grid, store.total)
  const find = useFind({ object: object.name, query, columns: shownColumns, grid, groups })
  const { others, onEditing } = useOthers(object.name)
  const looks = useLook(object, look, setLook, () => grid.current?.focus())
  const isFirstFailed = store.problem instanceof Problem && store.total === 0
  const sorted: GridSort[] = parseSort(sort ?? '').map(key => ({ column: key.field, descending: key.descending }))
  const close = () => { onAddress({ open: undefined }); requestAnimationFrame(() => grid.current?.focus()) }

  return (
    <div className={css.sheet}>
      <div className={css.tools}>
        <FilterBar object={object} filter={filter} onFilter={next => { setChosen(none); onAddress({ filter: next }) }} q={q ?? ''} onSearch={next => { setChosen(none); onAddress({ q: next || undefined }) }} />
        <SheetTools object={object} columns={columns} layout={layout} onLayout={setLayout} query={query} fields={shown} total={total} isLoading={store.isLoading} addColumn={shaping.addColumn} look={looks.menu} />
      </div>
      {(chosen.all || chosen.ids.size > 0) && <Suspense>
        <BulkBar object={object} chosen={chosen} query={query} total={total} fields={shown} onAll={() => setChosen({ all: true, ids: new Set() })} onClear={() => setChosen(none)} onBatch={acts.note} />
      </Suspense>}
      <div className={css.grid} data-sheet="" onBlur={event => { if (isOutside(event.relatedTarget)) acts.leave(undefined) }}>
        {isFirstFailed
          ? <ErrorState problem={store.problem instanceof Problem ? store.problem : new Problem('network.lost')} onRetry={() => store.refresh()} />
          : <Grid
              label={object.label[lang]} columns={columns} layout={layout} onColumnsChange={setLayout} source={source} rowId={(row: RecordOut) => row.id} handle={grid}
              sort={sorted} onSort={next => onAddress({ sort: writeSort(next.map(key => ({ field: key.column, descending: key.descending }))) || undefined })}
              onCommit={object.rights.edit ? acts.commit : undefined} onRange={groups.isGrouped ? undefined : acts.fillRange} onUndo={acts.undo} onRedo={acts.redo}
              appendRows={mayAdd ? acts.added.append : undefined} rowState={row => (groups.head?.(row) ? 'head' : acts.added.stateOf(row))} head={groups.head} newRowHint={t('sheet.newRow')} onActiveRow={acts.leave}
              selectedRows={chosen} onSelectRows={setChosen} onOpen={row => { if (!groups.toggle(row) && acts.added.stateOf(row) === undefined) onAddress({ open: row.id }) }} onNotice={text => toast({ text })} rowMenu={(row, marked) => groups.head?.(row) ? [] : rowMenu({ object, row, marked, acts, onAddress, onPage })}
              others={others} onEditing={cell => { if (cell === null || store.find(cell.rowId) !== undefined) onEditing(cell) }} isFound={find.isFound} lines={look.lines} tint={looks.tint} columnMenu={shaping.columnMenu} addColumn={shaping.addColumn}
              footer={sums} count={<Count isLoading={store.isLoading} object={object} query={query} total={total} isEstimate={groups.totalIsEstimate} />} loading={store.isLoading}
              emptyState={<ListEmpty object={object} isFiltered={filter !== undefined || q !== undefined} onClear={() => onAddress({ filter: undefined, q: undefined })} />}
            />}
        {find.bar}
      </div>
      {open !== undefined && <Suspense><OpenRecord key={open} object={object} record={store.find(open)} id={open} onClose={close} onPage={() => onPage({ id: open })} /></Suspense>}
      {saving.dialogs}
      {shaping.dialog}
      {looks.dialog}
      {jump}
    </div>
  )
}

/** Focus in a layer of the sheet, or in a question that it asks, has not left it. */
const isOutside = (target: EventTarget | null) => target instanceof Element && target.closest('[data-sheet], [data-grid-layer], [role=dialog]') === null

interface RowMenuProps extends Pick<Props, 'object' | 'onAddress' | 'onPage'> { row: RecordOut; marked: { from: number; to: number }; acts: SheetActs }

function rowMenu({ object, row, marked, acts, onAddress, onPage }: RowMenuProps) {
  const number = numberOf(object, row)
  const count = marked.to - marked.from + 1
  if (acts.added.stateOf(row) !== undefined) return [{ label: t('sheet.discardRow'), run: () => acts.remove(marked) }]
  const label = count === 1 ? t('page.remove', { object: inSentence(object.one, currentLang()) }) : t('sheet.removeRows', { count })
  return [
    { label: t('quickAdd.open'), run: () => onAddress({ open: row.id }), hint: t('sheet.space') },
    { label: t('page.fullPage'), run: () => onPage(row) },
    ...(number === null ? [] : [{ label: t('page.copyNumber', { number }), run: () => void copy(number, t('page.numberCopied', { number })) }]),
    ...(object.rights.delete ? ['divider' as const, { label, danger: true, run: () => acts.remove(marked) }] : []),
  ]
}
