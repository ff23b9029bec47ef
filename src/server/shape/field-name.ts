import { pinyin } from 'pinyin-pro'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import type { FieldRow } from '#server/catalog/shaped.ts'

/** Names that mean something else in an address, a body or a program. */
const reserved = ['id', 'version', 'values', 'reason', 'records', 'next', 'total', 'findings', 'filter', 'sort', 'fields', 'limit', 'cursor', 'offset', 'deleted', 'deletedAt', 'deletedBy']
const longest = 40

/** The API name of a new field: as asked for, else from its label by sound: 合同金额 → heTongJinE. Retired fields keep theirs. */
export function nameFor(object: ObjectType, rows: FieldRow[], label: string, wanted: string | undefined): string {
  const isTaken = (name: string) => reserved.includes(name) || name in {} || object.fields.some(field => field.name === name) || rows.some(row => row.name === name)
  if (wanted !== undefined) {
    if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(wanted)) throw refused('shape.nameInvalid', wanted)
    if (isTaken(wanted)) throw refused('shape.nameTaken', wanted)
    return wanted
  }
  const base = fromLabel(label)
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`
    if (!isTaken(name)) return name
  }
}

function fromLabel(label: string): string {
  const sounds = pinyin(label, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).flatMap(part => part.split(/[^A-Za-z0-9]+/)).filter(part => part !== '')
  const joined = sounds.map((sound, i) => (i === 0 ? sound.toLowerCase() : sound.slice(0, 1).toUpperCase() + sound.slice(1))).join('').slice(0, longest - 4)
  return /^[a-z]/.test(joined) ? joined : `field${joined}`
}

const refused = (code: string, value: string) => new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'name', code, value }] })
