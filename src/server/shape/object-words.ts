import type { ChangedObject, NewObject } from '#shared/api/shaped-objects.ts'
import { langs } from '#shared/i18n/messages.ts'
import type { ObjectType, Words } from '#shared/object.ts'
import type { Finding } from '#shared/problem.ts'
import { freeName, soundsOf } from './field-name.ts'
import { cleanLabel } from './traits.ts'

/** First words of addresses, of the API and of the screens, and nouns that the product itself will need. */
export const reservedNames = [
  'objects', 'shaped', 'session', 'sessions', 'setup', 'me', 'keys', 'roles', 'users', 'departments', 'search', 'imports', 'import', 'exports', 'export', 'batches', 'batch', 'audit', 'live', 'openapi', 'settings', 'setting', 'recycle',
  'customers', 'contacts', 'opportunities', 'interactions', 'tasks', 'contracts', 'orders', 'products', 'tickets', 'campaigns', 'leads', 'fields', 'views', 'forms', 'files', 'jobs', 'changes', 'operations', 'preferences', 'numberings', 'reports', 'dashboards',
  'api', 'assets', 'records', 'blank', 'index', 'id', 'new', 'all', 'sheet', 'drafts', 'hints', 'inbox', 'home',
]

/** The API name of a new object; also those of retired ones are taken. */
export const objectName = (taken: readonly string[], label: string, wanted: string | undefined): string =>
  freeName({ label, wanted, otherwise: 'object' }, name => reservedNames.includes(name) || name in {} || taken.includes(name))

/** Nobody can tell two objects of one name apart, in whatever language. */
export function checkObjectLabel(others: readonly Pick<ObjectType, 'label' | 'one'>[], label: string): Finding[] {
  if (label === '') return [{ field: 'label', code: 'shape.objectLabelMissing' }]
  if ([...label].length > 20) return [{ field: 'label', code: 'shape.objectLabelLong', value: label }]
  const taken = new Set(others.flatMap(other => langs.flatMap(lang => [other.label[lang], other.one[lang]])).map(word => word.toLowerCase()))
  if (!taken.has(label.toLowerCase())) return []
  for (let n = 2; ; n++) {
    const proposal = `${label}${n}`
    if (!taken.has(proposal.toLowerCase())) return [{ field: 'label', code: 'shape.objectLabelTaken', value: label, values: { label }, proposal }]
  }
}

/** For many and for one, in both languages; what is not said in English is the company's own word. */
export function wordsOf(label: string, english: NewObject['english']): { label: Words; one: Words } {
  const [many, one] = [english?.many, english?.one].map(word => cleanLabel(word ?? ''))
  return { label: { 'zh-CN': label, en: many || one || label }, one: { 'zh-CN': label, en: one || many || label } }
}

/** As given, or the first letters of the label and three digits: 设备 → SB001. */
export function numberOf(label: string, given: NewObject['number']): { number: { prefix: string; digits: number }; findings: Finding[] } {
  if (given === undefined) return { number: { prefix: soundsOf(label).map(sound => sound.charAt(0)).join('').toUpperCase().slice(0, 4) || 'N', digits: 3 }, findings: [] }
  const number = { prefix: given.prefix.trim(), digits: given.digits }
  const isFine = /^[\p{L}\p{N}._/-]{0,10}$/u.test(number.prefix) && number.digits >= 1 && number.digits <= 9
  return { number, findings: isFine ? [] : [{ field: 'number', code: 'shape.objectNumber', value: given.prefix }] }
}

/** The groups as they shall be. One that has fields stays. */
export function groupsOf(object: ObjectType, given: NonNullable<ChangedObject['groups']>, newName: () => string): { groups: ObjectType['groups']; findings: Finding[] } {
  const findings: Finding[] = []
  const seen = new Set<string>()
  const groups = given.map(({ name, label: typed }) => {
    const label = cleanLabel(typed)
    const known = object.groups.find(group => group.name === name)
    if (label === '') findings.push({ field: 'groups', code: 'shape.groupEmpty' })
    else if (seen.has(label)) findings.push({ field: 'groups', code: 'shape.groupTwice', values: { label }, value: label })
    if (name !== undefined && !known) findings.push({ field: 'groups', code: 'shape.groupUnknown', value: name })
    seen.add(label)
    if (known && known.label['zh-CN'] === label) return known
    return { name: known?.name ?? newName(), label: { 'zh-CN': label, en: label } }
  })
  for (const gone of object.groups.filter(group => !groups.some(each => each.name === group.name))) {
    const count = object.fields.filter(field => field.group === gone.name).length
    if (count > 0) findings.push({ field: 'groups', code: 'shape.groupInUse', values: { label: gone.label['zh-CN'], count }, value: gone.label['zh-CN'] })
  }
  return { groups, findings }
}
