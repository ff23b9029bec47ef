import type { ObjectType } from '#shared/object.ts'
import { nameKey } from '#server/catalog/name-key.ts'
import type { UnderstoodRow } from './rows.ts'
import { Seen } from './seen.ts'

/** How a row stands to the rows before it. */
export interface Relation {
  /** The row whose record this one belongs to: as one more contact of it, or as the same record again. */
  sameAs: number | null
  isContact: boolean
  nameKey: string | null
}

/** Fields that a row with one more contact repeats for that contact. */
const reach = ['phone', 'email', 'wechat']

/** Sees rows in the order of the file: one more contact of the same customer, and what comes twice. */
export class Grouping {
  private numbers = new Seen()
  private phones = new Seen()
  private names = new Seen()
  private matches = new Seen()
  private uniques = new Map<string, Seen>()
  private parent: { row: UnderstoodRow; nameKey: string | null } | null = null
  private object: ObjectType
  private matchField: string | null

  /** `matchField`: rows with the same value of it are one record (update, upsert); null when every row is a new one. */
  constructor(object: ObjectType, matchField: string | null) {
    this.object = object
    this.matchField = matchField
  }

  place(row: UnderstoodRow): Relation {
    const title = row.values[this.object.title]
    const key = typeof title === 'string' ? nameKey(title) : null
    if (this.isOneMoreContact(row, key)) {
      moveReachToContact(row)
      return { sameAs: this.parent?.row.row ?? null, isContact: true, nameKey: key }
    }
    this.parent = { row, nameKey: key }
    const sameAs = this.sameRecord(row)
    if (!row.isRefused && sameAs === null) this.reportTwins(row, key)

    return { sameAs, isContact: false, nameKey: key }
  }

  private isOneMoreContact(row: UnderstoodRow, key: string | null): boolean {
    const before = this.parent
    if (before === null || row.contact === null || before.row.contact === null || key === null || key !== before.nameKey) return false
    if (row.contact['name'] === before.row.contact['name']) return false
    // Anything else that differs makes it another record that only has the same name.
    return Object.entries(row.values).every(([name, value]) => reach.includes(name) || name === this.object.title || same(value, before.row.values[name]))
  }

  private sameRecord(row: UnderstoodRow): number | null {
    if (this.matchField === null || row.isRefused) return null
    const value = row.values[this.matchField]
    return typeof value === 'string' ? this.matches.first(value.toUpperCase(), row.row) : null
  }

  /** The surest sign first; one is enough to have a look. A unique value that comes twice stays with the first row. */
  private reportTwins(row: UnderstoodRow, key: string | null) {
    const { numberField, title } = this.object
    const found: { field: string; first: number; value: string }[] = []
    const look = (field: string, seen: Seen, text: unknown) => {
      const first = typeof text === 'string' && text !== '' ? seen.first(text, row.row) : null
      if (first !== null) found.push({ field, first, value: String(row.values[field] ?? text) })
    }
    for (const field of this.object.fields) {
      const value = row.values[field.name]
      if (field.unique !== true || typeof value !== 'string' || field.name === this.matchField) continue
      const seen = field.name === numberField ? this.numbers : this.uniques.get(field.name) ?? new Seen()
      if (field.name !== numberField) this.uniques.set(field.name, seen)
      look(field.name, seen, value.toUpperCase())
      if (found.at(-1)?.field !== field.name) continue
      delete row.values[field.name]
      row.kept.push(`${field.label['zh-CN']}: ${value}`)
    }
    look('phone', this.phones, row.values['phone'])
    look(title, this.names, key)
    const first = found[0]
    if (first !== undefined) row.findings.push({ code: 'row.duplicateInFile', field: first.field, values: { row: first.first }, severity: 'doubtful', value: first.value })
  }
}

const same = (a: unknown, b: unknown) => b === undefined || JSON.stringify(a) === JSON.stringify(b)

/** 电话 and 邮箱 in a row of one more contact are that contact's own. */
function moveReachToContact(row: UnderstoodRow) {
  if (row.contact === null) return
  for (const name of reach) {
    const value = row.values[name]
    const own = name === 'phone' && typeof value === 'string' && /^1\d{10}$/.test(value) ? 'mobile' : name
    if (value !== undefined) row.contact[own] ??= value
  }
}
