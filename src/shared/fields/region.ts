import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'
import { oneOps } from './ops.ts'
import { regions, type Place } from './region-table.ts'
import { textual } from './text.ts'

const base = textual('region', 'all', 100, text => text)

/** 省市区 as a path, `广东省/深圳市/南山区`, one to three levels. 深圳, 广东深圳 and 广东省深圳市南山区 are understood; 朝阳区 alone is not. */
export const region: FieldType<string> = {
  ...base,
  ops: [...oneOps, 'startsWith', 'contains'],
  parse(input, field, context) {
    const typed = textOf(input)
    if (typed === null) return refuse('region.unknown', { value: '' })
    const line = cleanLine(typed)
    const table = regions()
    // Without the table (a browser that has not loaded it yet) the server decides.
    if (line === '' || !table || table.byPath.has(line)) return base.parse(line, field, context)
    const letters = line.replace(/^中国|市辖区|省直辖县级行政区划|[\s/\\,，、\-·>→|]/g, '')
    const found = best(readings(letters).filter(reading => reading.end === letters.length))
    const [first] = found
    if (!first) return refuse('region.unknown', { value: line.slice(0, 60) }, splitAddress(line).region ?? undefined)
    if (found.length > 1) return refuse('region.ambiguous', { value: line, proposals: found.slice(0, 5).map(place => place.path).join('、') }, first.path)
    return accept(first.path)
  },
}

/** The region at the start of a written address, and the rest. `region` is null where there is none or several are possible. */
export function splitAddress(text: string): { region: string | null; detail: string } {
  const line = cleanLine(text)
  const letters = halfWidth(line).replace(/^(?:\d{6}\s+|中国(?:大陆)?\s*)+/, '').trim()
  const compact = letters.replace(/^((?:[^\s/,]{2,9}[\s/,]+){1,3})/, words => words.replace(/[\s/,]+/g, ''))
  for (const written of [compact, letters]) {
    const possible = readings(written).filter(reading => !continues(written, reading))
    const longest = Math.max(0, ...possible.map(reading => reading.end))
    const [first, second] = best(possible.filter(reading => reading.end === longest))
    if (first && !second) return { region: first.path, detail: written.slice(longest).replace(/^[\s/,，、-]+/, '') }
  }
  return { region: null, detail: line }
}

/** One way to understand the start of a text: the place, up to where it was read, how many names were full and how many stood there. */
interface Reading { place: Place; end: number; full: number; names: number }

/** Every way to read the start of a text as a place; levels may be left out (广东南山), never out of order. */
function readings(text: string): Reading[] {
  const found: Reading[] = []
  const waiting: (Reading | null)[] = [null]
  while (waiting.length > 0) {
    const before = waiting.pop() ?? null
    for (const after of steps(text, before)) {
      found.push(after)
      waiting.push(after)
    }
  }
  return found
}

function steps(text: string, before: Reading | null): Reading[] {
  const start = before?.end ?? 0
  const after: Reading[] = []
  for (let length = 2; length <= 15 && start + length <= text.length; length++) {
    const name = text.slice(start, start + length)
    for (const place of regions()?.byName.get(name) ?? []) {
      if (before && !isIn(place, before.place)) continue
      after.push({ place, end: start + length, full: (before?.full ?? 0) + (place.name === name ? 1 : 0), names: (before?.names ?? 0) + 1 })
    }
  }
  return after
}

function isIn(place: Place, outer: Place): boolean {
  return place.parent !== null && (place.parent === outer || isIn(place.parent, outer))
}

/** 上海路1号 is a street, not Shanghai: a short name does not end where a street goes on. */
function continues(text: string, { place, end }: Reading) {
  return !text.slice(0, end).endsWith(place.name) && /^(?:[东南西北中][一二三四]?|[一二三四五六七八九十])?(?:大?[路街道巷弄]|村|镇|乡|花园|大厦|小区|新村)/.test(text.slice(end))
}

/** The places that are meant: full names before short ones, then the higher level (海南 is the province, 朝阳 the city). */
function best(possible: Reading[]): Place[] {
  const most = Math.max(...possible.map(reading => reading.full - reading.names))
  const full = possible.filter(reading => reading.full - reading.names === most)
  const highest = Math.min(...full.map(levelOf))
  return [...new Set(full.filter(reading => levelOf(reading) === highest).map(reading => reading.place))]
}

const levelOf = ({ place }: Reading) => (place.level === 2 && place.name.endsWith('区') ? 3 : place.level)
