import type { Field, Lang, ObjectType } from '#shared/object.ts'
import { normalise } from './header-words.ts'

export type RegionPart = 'province' | 'city' | 'district'

/** Where a column can go: a field of the object, a part of a region, or a field of the contact that the same row brings. */
export interface Target {
  /** `phone`, `region.city`, `contacts.name`. */
  name: string
  field: Field
  /** The contact of the same row. */
  ofContact: boolean
  part: RegionPart | null
  /** Normalised spellings and how much a hit is worth. */
  words: { word: string; worth: number; because: 'header' | 'synonym' }[]
}

const parts: { part: RegionPart; zh: string; en: string; words: string[] }[] = [
  { part: 'province', zh: '省份', en: 'Province', words: ['省', '省份', '所在省', '省/直辖市'] },
  { part: 'city', zh: '城市', en: 'City', words: ['市', '城市', '所在城市', '地级市'] },
  { part: 'district', zh: '区县', en: 'District', words: ['区', '县', '区县', '区/县', '所在区'] },
]
/** Contact fields that a customer file may bring; a contact has more, but nobody keeps them beside the customer. */
const contactFields = ['name', 'title', 'role', 'mobile', 'phone', 'email', 'wechat']
const contactPrefixes = ['联系人', '对接人', 'contact']

/** Everything a column of a file can be, for one object; `contact` only beside customers. */
export function targetsOf(object: ObjectType, contact?: ObjectType): Target[] {
  const own = object.fields.filter(field => field.computed !== true).flatMap(field => [ofField(field), ...regionParts(field)])
  if (contact === undefined || contact.name === object.name) return own
  const taken = new Set(own.flatMap(target => target.words.map(entry => entry.word)))
  const theirs = contactFields.flatMap(name => contact.fields.filter(field => field.name === name)).map(field => ofContactField(field, taken))

  return [...own, ...theirs]
}

export const targetLabel = (target: Target, lang: Lang, contactWord: string) => {
  if (target.part !== null) return `${target.field.label[lang]} · ${parts.find(entry => entry.part === target.part)?.[lang === 'en' ? 'en' : 'zh'] ?? ''}`
  return target.ofContact ? `${contactWord} · ${target.field.label[lang]}` : target.field.label[lang]
}

const ofField = (field: Field): Target => ({ name: field.name, field, ofContact: false, part: null, words: wordsOf(field) })

function wordsOf(field: Field): Target['words'] {
  const own = [field.label['zh-CN'], field.label.en, field.name].map(normalise)
  const synonyms = (field.synonyms ?? []).map(normalise).filter(word => !own.includes(word))

  return [
    ...own.map(word => ({ word, worth: 1, because: 'header' as const })),
    // The first are the surest: where 手机号 and 座机 both mean 电话, the mobile is meant.
    ...synonyms.map((word, i) => ({ word, worth: 0.97 - Math.min(i, 20) * 0.005, because: 'synonym' as const })),
  ]
}

function regionParts(field: Field): Target[] {
  if (field.type !== 'region') return []
  return parts.map(({ part, words }) => ({
    name: `${field.name}.${part}`, field, ofContact: false, part,
    words: words.map(word => ({ word: normalise(word), worth: 0.96, because: 'synonym' as const })),
  }))
}

/** Words that the customer itself uses are only half a sign of its contact. */
function ofContactField(field: Field, taken: ReadonlySet<string>): Target {
  const plain = wordsOf(field)
  const prefixed = contactPrefixes.flatMap(prefix => plain.map(entry => ({ ...entry, word: normalise(prefix) + entry.word, worth: 0.98 })))
  const own = plain.map(entry => (taken.has(entry.word) ? { ...entry, worth: 0.6 } : entry))

  return { name: `contacts.${field.name}`, field, ofContact: true, part: null, words: [...own, ...prefixed] }
}
