import type { LoadedRows } from '#web/ui/grid/page-cache.ts'

export interface Company { id: string; values: Record<string, string> }

export const total = Number(new URLSearchParams(location.search).get('rows') ?? 3_000_000)
export const levels = ['重点客户', '普通客户', '潜力客户', '观察客户']
const cities = ['北京', '上海', '广州', '深圳', '成都', '杭州', '武汉', '西安']
const trades = ['科技', '贸易', '电子', '物流', '食品', '医药', '建材', '教育']
const changed = new Map<string, Record<string, string>>()

/** What the page asked for, in order: tests look at it. */
export const requests: { offset: number; aborted: boolean }[] = []

/** Rows that somebody else put on top meanwhile. */
let onTop = 0
export const insertOnTop = () => { onTop++ }

function companyAt(place: number): Company {
  const index = place < onTop ? total + place : place - onTop
  const id = `c${index}`
  const pick = (list: string[], salt: number) => list[(index * 7 + salt) % list.length] ?? ''
  const extra = Object.fromEntries(Array.from({ length: 190 }, (_, column) => [`extra${column}`, column % 3 === 0 ? String((index * 31 + column * 17) % 10_000) : pick(trades, column)]))
  return {
    id,
    values: {
      ...extra,
      number: `C${String(index + 1).padStart(7, '0')}`,
      name: `${pick(cities, 0)}${pick(trades, 3)}第${index + 1}有限公司`,
      phone: `138${String((index * 7919) % 100_000_000).padStart(8, '0')}`,
      level: pick(levels, 1),
      city: pick(cities, 0),
      amount: String((index * 137) % 1_000_000),
      remark: index % 5 === 0 ? '老客户介绍，需要尽快回访' : '',
      ...changed.get(id),
    },
  }
}

/** A server 40 ms away. */
export function load(offset: number, limit: number, signal: AbortSignal): Promise<LoadedRows<Company>> {
  const request = { offset, aborted: false }
  requests.push(request)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ rows: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) => companyAt(offset + at)), total, totalIsEstimate: false }), 40)
    signal.addEventListener('abort', () => {
      request.aborted = true
      clearTimeout(timer)
      reject(new DOMException('aborted', 'AbortError'))
    })
  })
}

export function store(id: string, column: string, text: string) {
  changed.set(id, { ...changed.get(id), [column]: text })
}
