import { useState } from 'react'
import type { EditorProps, GridColumn } from '#web/ui/grid/types.ts'
import { levels, type Company } from './rows.ts'

const wide = Number(new URLSearchParams(location.search).get('columns') ?? 20)

const plain = (name: string, label: string, width: number, more: Partial<GridColumn<Company>> = {}): GridColumn<Company> => ({
  name, label, width, sortable: true, editable: true, render: row => row.values[name], text: row => row.values[name] ?? '', ...more,
})

export const columns: GridColumn<Company>[] = [
  plain('number', '客户编号', 110, { frozen: true, editable: false, computed: true, opens: true }),
  plain('name', '客户名称', 240, { frozen: true }),
  plain('phone', '电话', 130, { inputMode: 'tel' }),
  plain('level', '等级', 110, { render: row => <span className="tag">{row.values.level}</span>, editor: LevelPicker }),
  plain('city', '城市', 90),
  plain('amount', '累计金额', 120, { align: 'right', inputMode: 'decimal', render: row => Number(row.values.amount).toLocaleString('zh-CN', { minimumFractionDigits: 2 }) }),
  plain('remark', '备注', 220, { help: '任何值得记住的事' }),
  ...Array.from({ length: Math.max(0, wide - 7) }, (_, index) => plain(`extra${index}`, `字段 ${index + 1}`, 120, { align: index % 3 === 0 ? 'right' : 'left' })),
]

/** Typed letters narrow the list; the keyboard never leaves the cell. */
function LevelPicker({ text, isTyped, commit, onKey }: EditorProps<Company>) {
  const [at, setAt] = useState(0)
  const shown = levels.filter(level => !isTyped || level.includes(text))
  onKey(event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setAt(Math.max(0, Math.min(shown.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))))
    else if (event.key === 'Enter' && shown[at] !== undefined) commit({ text: shown[at], value: shown[at] }, 'down')
    else return false
    return true
  })
  return (
    <ul role="listbox" aria-label="等级" className="levels">
      {shown.map((level, index) => <li key={level} role="option" aria-selected={index === at} onClick={() => commit({ text: level, value: level })}>{level}</li>)}
    </ul>
  )
}
