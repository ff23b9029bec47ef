import type { Cell } from '#server/files/read.ts'
import type { Finding } from '#shared/problem.ts'
import { maskSecrets } from '#shared/number-gate.ts'
import { columnName } from './header.ts'
import { brief, textOf } from './cells.ts'

/** ID-card and bank-card numbers end here, before anything is stored, shown or written to a problem file: they are masked with a warning. */
export function withoutSecrets(cells: Cell[]): { cells: Cell[]; findings: Finding[] } {
  const findings: Finding[] = []
  let safe = cells
  cells.forEach((cell, column) => {
    // The shortest card has 16 digits.
    const text = typeof cell === 'string' ? cell : typeof cell === 'number' && Math.abs(cell) >= 1e14 ? textOf(cell) : rawOf(cell)
    if (text === null || text.length < 15) return
    const masked = maskSecrets(text)
    if (masked.found.length === 0) return
    if (safe === cells) safe = [...cells]
    safe[column] = masked.text
    findings.push(...masked.found.map(kind => ({ code: `secret.${kind}`, values: { column: columnName(column) }, value: brief(masked.text) })))
  })

  return { cells: safe, findings }
}

const rawOf = (cell: Cell | undefined) => (typeof cell === 'object' && cell !== null && 'raw' in cell ? cell.raw ?? null : null)
