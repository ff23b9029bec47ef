import { queryRecords } from '#shared/api/records.ts'
import { Problem } from '#shared/problem.ts'
import { read } from '#web/api.ts'
import { queries } from '#web/queries.ts'
import { listObjects } from '#shared/api/objects.ts'
import type { FieldOut } from '#web/objects.ts'
import { targetOf } from './shape.ts'

/** A pasted name becomes the record that it names, where exactly one has it; else the text stays as it is and is refused with a reason. */
export async function lookUp(field: FieldOut, text: string, known: Map<string, Promise<unknown>>): Promise<unknown> {
  const target = targetOf(field)
  if (target === undefined) return text
  const key = `${target} ${text.trim()}`
  const asked = known.get(key) ?? findOne(target, text.trim()).then(found => found ?? text)
  known.set(key, asked)
  return asked
}

async function findOne(target: string, text: string): Promise<{ id: string; label: string } | null> {
  const { objects } = await queries.ensureQueryData({ queryKey: ['fields', listObjects.path, {}], queryFn: () => read(listObjects, {}) })
  const object = objects.find(each => each.name === target)
  if (object === undefined) return null
  const names = [object.title, ...(object.numberField === undefined ? [] : [object.numberField])]
  try {
    const { records } = await read(queryRecords, { params: { object: target }, body: { filter: { or: names.map(field => ({ field, op: 'eq' as const, value: text })) }, fields: [object.title], limit: 2, total: 'none' } })
    const [only, second] = records
    return only !== undefined && second === undefined ? { id: only.id, label: String(only[object.title] ?? '') } : null
  } catch (error) {
    if (error instanceof Problem) return null
    throw error
  }
}
