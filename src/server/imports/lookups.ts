import type { Viewer } from '#server/access/viewer.ts'
import { objectOf } from '#server/catalog/catalog.ts'
import type { Db } from '#server/db/connect.ts'
import { findAll } from '#server/records/find.ts'
import type { RecordOut } from '#shared/api/records.ts'
import type { Reference } from '#shared/fields/field.ts'

/** References by text, as `ParseContext` asks for them. What a file may name is brought in before its rows are understood. */
export class Lookups {
  private known = new Map<string, Map<string, Reference[]>>()
  private asked = new Map<string, Set<string>>()

  readonly find = (target: string, text: string): Reference[] => this.known.get(target)?.get(keyOf(text)) ?? []

  /** Few enough to be known whole: members by name and login, departments by name. */
  async addPeople(db: Db, viewer: Viewer): Promise<void> {
    for (const [target, words] of [['users', ['name', 'login']], ['departments', ['name']]] as const) {
      const seen = objectOf(target).fields.map(field => field.name)
      for await (const page of findAll(db, viewer, target, { fields: words.filter(word => seen.includes(word)) })) page.forEach(record => this.add(target, record, words))
    }
  }

  /** The records of a large object that some texts name: by title or by number. */
  async addRecords(db: Db, viewer: Viewer, target: string, texts: readonly string[]): Promise<void> {
    const asked = this.asked.get(target) ?? new Set()
    this.asked.set(target, asked)
    const fresh = [...new Set(texts.map(text => text.trim()))].filter(text => text !== '' && !asked.has(text))
    fresh.forEach(text => asked.add(text))
    const object = objectOf(target)
    const words = [object.title, ...(object.numberField === undefined ? [] : [object.numberField])]
    for (let i = 0; i < fresh.length; i += 500) {
      const some = fresh.slice(i, i + 500)
      const query = { filter: { or: words.map(field => ({ field, op: 'in' as const, value: some })) }, fields: words }
      for await (const page of findAll(db, viewer, target, query)) page.forEach(record => this.add(target, record, words))
    }
  }

  private add(target: string, record: RecordOut, words: readonly string[]) {
    const byText = this.known.get(target) ?? new Map<string, Reference[]>()
    this.known.set(target, byText)
    const label = record[words[0] ?? '']
    const reference = { id: record.id, label: typeof label === 'string' ? label : null }
    for (const word of words) {
      const text = record[word]
      if (typeof text !== 'string') continue
      const found = byText.get(keyOf(text)) ?? []
      if (!found.some(other => other.id === record.id)) byText.set(keyOf(text), [...found, reference])
    }
  }
}

const keyOf = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toLowerCase()
