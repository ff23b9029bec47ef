import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import { parseSort, writeSort } from '#shared/filter.ts'
import { Problem } from '#shared/problem.ts'
import { currentLang, t, useLang } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { arrange } from '#web/ui/grid/column-layout.ts'
import { Grid } from '#web/ui/grid/grid.tsx'
import { createHistory } from '#web/ui/grid/history.ts'
import type { GridHandle, GridSort } from '#web/ui/grid/types.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { toast } from '#web/ui/toast.tsx'
import { useViewState } from '#web/views/view-state.ts'
import { copy, remove } from './acts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { FilterBar } from './filter-bar.tsx'
import type { AddressChange, ListAddress } from './list-address.ts'
import { ListEmpty } from './list-empty.tsx'
import { inSentence, nameOf, numberOf } from './shape.ts'
import { useSaving } from './saving.tsx'
import { commitCells, doAgain, takeBack } from './sheet-commit.ts'
import type { Act } from './sheet-commit.ts'
import { columnsOf } from './sheet-columns.tsx'
import { useJump } from './sheet-jump.tsx'
import { useSheetKeys } from './sheet-keys.ts'
import { useShaping } from './sheet-shaping.tsx'
import { Count, useSums } from './sheet-footer.tsx'
import { SheetTools } from './sheet-tools.tsx'
import css from './sheet.module.css'
import type { Chosen } from './targets.ts'
import { useSheetStore } from './use-sheet-store.ts'

const RecordView = lazy(() => import('./page.tsx').then(file => ({ default: file.RecordView })))

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
  const store = useSheetStore(object.name, query)
  const saving = useSaving(object)
  const [acts] = useState(() => createHistory<Act>())
  const [chosen, setChosen] = useState<Chosen>(none)
  const { layout, setLayout } = useViewState(object.name)
  const columns = useMemo(() => columnsOf(object, lang), [object, lang])
  const shown = arrange(columns, layout).columns.map(each => each.column.name)
  const sums = useSums(object, shown, query, store.total)
  const grid = useRef<GridHandle | null>(null)
  const shaping = useShaping(object, columns, grid)
  const jump = useJump(grid, store.total)
  const isFirstFailed = store.problem instanceof Problem && store.total === 0
  const sorted: GridSort[] = parseSort(sort ?? '').map(key => ({ column: key.field, descending: key.descending }))
  const close = () => { onAddress({ open: undefined }); requestAnimationFrame(() => grid.current?.focus()) }

  return (
    <div className={css.sheet}>
      <div className={css.tools}>
        <FilterBar object={object} filter={filter} onFilter={next => { setChosen(none); onAddress({ filter: next }) }} q={q ?? ''} onSearch={next => { setChosen(none); onAddress({ q: next || undefined }) }} />
        <SheetTools object={object} columns={columns} layout={layout} onLayout={setLayout} query={query} fields={shown} total={store.total} isLoading={store.isLoading} addColumn={shaping.addColumn} />
      </div>
      <BulkBar object={object} chosen={chosen} query={query} total={store.total} fields={shown} onAll={() => setChosen({ all: true, ids: new Set() })} onClear={() => setChosen(none)} />
      <div className={css.grid} data-sheet="">
        {isFirstFailed
          ? <ErrorState problem={store.problem instanceof Problem ? store.problem : new Problem('network.lost')} onRetry={() => store.refresh()} />
          : <Grid
              label={object.label[lang]} columns={columns} layout={layout} onColumnsChange={setLayout} source={store} rowId={(row: RecordOut) => row.id} handle={grid}
              sort={sorted} onSort={next => onAddress({ sort: writeSort(next.map(key => ({ field: key.column, descending: key.descending }))) || undefined })}
              onCommit={object.rights.edit ? edits => commitCells({ object, store, saving, acts }, edits) : undefined} onUndo={() => void takeBack(acts)} onRedo={() => void doAgain(acts)}
              selectedRows={chosen} onSelectRows={setChosen} onOpen={row => onAddress({ open: row.id })} onNotice={text => toast({ text })} rowMenu={row => rowMenu(object, row, onAddress, onPage)}
              columnMenu={shaping.columnMenu} addColumn={shaping.addColumn}
              footer={sums} count={<Count isLoading={store.isLoading} object={object} query={query} total={store.total} isEstimate={store.totalIsEstimate} />} loading={store.isLoading}
              emptyState={<ListEmpty object={object} isFiltered={filter !== undefined || q !== undefined} onClear={() => onAddress({ filter: undefined, q: undefined })} />}
            />}
      </div>
      {open !== undefined && <OpenRecord key={open} object={object} record={store.find(open)} id={open} onClose={close} onPage={() => onPage({ id: open })} />}
      {saving.dialogs}
      {shaping.dialog}
      {jump}
    </div>
  )
}

function rowMenu(object: ObjectOut, row: RecordOut, onAddress: Props['onAddress'], onPage: Props['onPage']) {
  const number = numberOf(object, row)
  return [
    { label: t('quickAdd.open'), run: () => onAddress({ open: row.id }), hint: t('sheet.space') },
    { label: t('page.fullPage'), run: () => onPage(row) },
    ...(number === null ? [] : [{ label: t('page.copyNumber', { number }), run: () => void copy(number, t('page.numberCopied', { number })) }]),
    ...(object.rights.delete ? ['divider' as const, { label: t('page.remove', { object: inSentence(object.one, currentLang()) }), danger: true, run: () => void remove(object, row) }] : []),
  ]
}

interface OpenProps { object: ObjectOut; record: RecordOut | undefined; id: string; onClose: () => void; onPage: () => void }

/** The record beside the sheet; Esc closes it, the sheet stays usable. */
function OpenRecord({ object, record, id, onClose, onPage }: OpenProps) {
  const lang = useLang()
  const name = record === undefined ? object.one[lang] : nameOf(object, record) || t('value.unnamed')
  return (
    <Panel title={object.one[lang]} label={t('sheet.panel', { name })} onClose={onClose} width={560} actions={<IconButton icon="page" label={t('page.fullPage')} onClick={onPage} />}>
      <Suspense fallback={<Skeleton shape="form" />}><RecordView object={object} id={id} onRemoved={onClose} /></Suspense>
    </Panel>
  )
}
