import { useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { setLang } from '#web/i18n.ts'
import { Grid } from '#web/ui/grid/grid.tsx'
import { createHistory } from '#web/ui/grid/history.ts'
import { noRows } from '#web/ui/grid/ticks.ts'
import type { CellEdit, CellProblem, ColumnLayout, GridSort } from '#web/ui/grid/types.ts'
import { createWindowStore } from '#web/ui/grid/window-store.ts'
import '#web/ui/theme.css'
import './page.css'
import { columns } from './columns.tsx'
import { insertOnTop, load, requests, store, total, type Company } from './rows.ts'

const theme = new URLSearchParams(location.search).get('theme')
if (theme) document.documentElement.dataset.mantineColorScheme = theme

type Change = { id: string; column: string; before: string; after: string }
/** What the screen was told, for the tests to read. */
const seen = { commits: [] as { id: string; column: string; text: string; value?: unknown }[][], opened: [] as string[], notices: [] as string[], requests, layout: {} as ColumnLayout, ticked: 0 }
Object.assign(globalThis, { seen })

function Page() {
  const [layout, setLayout] = useState<ColumnLayout>({})
  const [sort, setSort] = useState<GridSort[]>([])
  const [ticked, setTicked] = useState(noRows)
  const rows = useMemo(() => createWindowStore<Company>({ load, rowId: row => row.id }), [])
  const history = useMemo(() => createHistory<Change[]>(), [])
  const apply = (changes: Change[] | undefined, side: 'before' | 'after') => changes?.forEach(change => {
    store(change.id, change.column, change[side])
    rows.patch(change.id, row => ({ ...row, values: { ...row.values, [change.column]: change[side] } })).settle()
  })
  const commit = async (edits: CellEdit<Company>[]): Promise<CellProblem[]> => {
    seen.commits.push(edits.map(({ row, column, text, value }) => ({ id: row.id, column, text, ...(value !== undefined && { value }) })))
    await new Promise(resolve => setTimeout(resolve, 30))
    const problems = edits.flatMap(problemOf)
    const accepted = edits.filter(edit => !problems.some(problem => problem.rowId === edit.row.id && problem.column === edit.column))
    const changes = accepted.map(({ row, column, text }) => ({ id: row.id, column, before: row.values[column] ?? '', after: text }))
    apply(changes, 'after')
    if (changes.length > 0) history.push(changes)
    return problems
  }
  Object.assign(globalThis, { somebodyAdds: () => { insertOnTop(); rows.refresh() } })
  seen.layout = layout
  seen.ticked = ticked.all ? total - ticked.ids.size : ticked.ids.size
  return (
    <Grid
      label="客户" columns={columns} layout={layout} onColumnsChange={setLayout} source={rows} rowId={row => row.id}
      sort={sort} onSort={setSort} onCommit={commit} onUndo={() => apply(history.undo(), 'before')} onRedo={() => apply(history.redo(), 'after')}
      selectedRows={ticked} onSelectRows={setTicked} onOpen={row => seen.opened.push(row.id)} onNotice={text => seen.notices.push(text)}
      rowMenu={row => [{ label: '打开', run: () => seen.opened.push(row.id) }]} loading={rows.total === 0} emptyState={<p>没有客户</p>}
      footer={{ amount: '1,498,630,000.00' }} count={`共 ${total.toLocaleString('zh-CN')} 行`}
    />
  )
}

function problemOf({ row, column, text }: CellEdit<Company>): CellProblem[] {
  const digits = text.replace(/\D/g, '')
  if (column !== 'phone' || text === '' || /^1\d{10}$/.test(text)) return []
  return [{ rowId: row.id, column, message: `“${text}”不是有效的手机号`, ...(digits.length > 0 && { proposal: digits.padEnd(11, '0').slice(0, 11) }) }]
}

await setLang('zh-CN')
const root = document.getElementById('root')
if (root) createRoot(root).render(<Page />)
