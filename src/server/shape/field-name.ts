import { pinyin } from 'pinyin-pro'
import type { ObjectType } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import type { FieldRow } from '#server/catalog/shaped.ts'

/** Names that mean something else in an address, a body or a program. */
const reserved = ['id', 'version', 'values', 'reason', 'records', 'next', 'total', 'findings', 'filter', 'sort', 'fields', 'limit', 'cursor', 'offset', 'deleted', 'deletedAt', 'deletedBy']
const longest = 40

/** The API name of a new field: as asked for, else from its label by sound: 合同金额 → heTongJinE. Retired fields keep theirs. */
export const nameFor = (object: ObjectType, rows: FieldRow[], label: string, wanted: string | undefined): string =>
  freeName({ label, wanted, otherwise: 'field' }, name => reserved.includes(name) || name in {} || object.fields.some(field => field.name === name) || rows.some(row => row.name === name))

/** A name that nothing else has: as asked for, or refused with one that is free; else by the sound of the label, with a number where that is taken. */
export function freeName({ label, wanted, otherwise }: { label: string; wanted: string | undefined; otherwise: string }, isTaken: (name: string) => boolean): string {
  const base = wanted ?? fromLabel(label, otherwise)
  if (!/^[a-z][A-Za-z0-9]{0,39}$/.test(base)) throw refused('shape.nameInvalid', base)
  if (!isTaken(base)) return base
  for (let n = 2; ; n++) {
    const name = `${base.slice(0, longest - 4)}${n}`
    if (isTaken(name)) continue
    if (wanted !== undefined) throw refused('shape.nameTaken', wanted, name)
    return name
  }
}

function fromLabel(label: string, otherwise: string): string {
  const sounds = soundsOf(label)
  const joined = sounds.map((sound, i) => (i === 0 ? sound.toLowerCase() : sound.slice(0, 1).toUpperCase() + sound.slice(1))).join('').slice(0, longest - 4)
  return /^[a-z]/.test(joined) ? joined : `${otherwise}${joined}`
}

/** The syllables of a label; what is no Chinese sounds like itself. */
export const soundsOf = (label: string) =>
  pinyin(label, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' }).flatMap(part => part.split(/[^A-Za-z0-9]+/)).filter(part => part !== '')

const refused = (code: string, value: string, proposal?: string) => new Problem('record.invalid', { count: 1 }, { fields: [{ field: 'name', code, value, ...(proposal !== undefined && { proposal }) }] })
