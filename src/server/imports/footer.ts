import type { Cell } from '#server/files/read.ts'
import { isBlank, textOf } from './cells.ts'
import { normalise } from './header-words.ts'

/** Why a row is not a record. */
export type Junk = 'blank' | 'total' | 'footer' | 'header'

const totals = /^(合计|总计|小计|共计|本页合计|本页小计|累计|总和|total|sum|subtotal|grandtotal)$/
const totalStart = /^(合计|总计|小计|共计|总共|共)[:：]?\d+(条|行|家|户|个|位|笔|名)?/
const footerLabel = /^(制表|制单|填表|填报|审核|复核|审批|打印|导出|统计|更新|经办|单位负责)(人|人员|日期|时间|单位|部门|签字|签名)?\s*[:：]/
const pageLine = /^第?\s*\d+\s*(页|\/\s*\d+)|^page\s*\d+/i
const noteLine = /^(备注|说明|注|填写说明|注意|温馨提示|数据来源|以下空白|以上为)\s*[:：]|^以下(为?空白|无正文)/

/**
 * Rows that are no records: blank ones, totals, 制表人 and print lines, a header repeated by a page break.
 * A line of text counts only when at most two cells of the row are filled, so that a customer called 合计 survives.
 */
export function junkOf(cells: readonly Cell[], headers: readonly string[]): Junk | null {
  const filled = cells.filter(cell => !isBlank(cell))
  if (filled.length === 0) return 'blank'
  if (isHeaderAgain(cells, headers)) return 'header'
  const first = textOf(filled[0]).trim()
  const firstKey = normalise(first)
  if (totals.test(firstKey) && filled.slice(1).every(isFigure)) return 'total'
  if (filled.length > 2) return null
  if (totalStart.test(first.replace(/\s/g, ''))) return 'total'

  return footerLabel.test(first) || pageLine.test(first) || noteLine.test(first) ? 'footer' : null
}

const isFigure = (cell: Cell) => typeof cell === 'number' || /^[¥￥$+\-()\d,，.%万元\s—]*$/.test(textOf(cell)) || (typeof cell === 'object' && cell !== null && 'error' in cell)

function isHeaderAgain(cells: readonly Cell[], headers: readonly string[]): boolean {
  let same = 0
  for (let i = 0; i < headers.length; i++) {
    const key = headers[i] ?? ''
    const cell = cells[i]
    if (key === '' && isBlank(cell)) continue
    if (typeof cell !== 'string' || normalise(cell) !== normalise(key)) return false
    same++
  }

  return same >= 2
}
