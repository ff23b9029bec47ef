import type { Cell } from '#server/files/read.ts'

/** A cell as text, the way a person reads it; empty for nothing. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  if (typeof cell === 'number') return plainNumber(cell)
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  return 'date' in cell ? cell.date : cell.raw ?? cell.error
}

export const isBlank = (cell: Cell | undefined) => cell === null || cell === undefined || (typeof cell === 'string' && cell.replace(/[\s\u3000\u200b\ufeff\u001a]/g, '') === '')

/** 13800138000, never 1.38E+10; fractions as JavaScript writes them, which is the shortest text that means the same number. */
export const plainNumber = (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value)

/** Moves the decimal point of a plain decimal number to the right: `0.01` by 4 is `100`. Anything else comes back as it is. */
export function shifted(text: string, power: number): string {
  const match = /^\s*([+-]?)(\d[\d,]*)(?:\.(\d+))?\s*$/.exec(text.normalize('NFKC'))
  if (match === null || power === 0) return text
  const fraction = (match[3] ?? '').padEnd(power, '0')
  const whole = ((match[2] ?? '').replaceAll(',', '') + fraction.slice(0, power)).replace(/^0+(?=\d)/, '')
  const rest = fraction.slice(power)

  return `${match[1] ?? ''}${whole}${rest === '' ? '' : `.${rest}`}`
}

/** Cuts a long text for a preview. */
export const brief = (text: string, length = 60) => (text.length > length ? `${text.slice(0, length - 1)}…` : text)
