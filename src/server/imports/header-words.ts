/** A header as it was written, and what is left of it when marks, blanks, notes and widths are taken away. */
export interface HeaderWords {
  /** On one line, for people. */
  text: string
  /** Normalised spellings, the whole first: `行业/领域` is 行业领域, 行业 and 领域. */
  keys: string[]
  /** 元, 万元, 人 … when the header names a unit in brackets. */
  unit: string | null
}

const units = /^(元|万元|千元|百万元|亿元|万|千|亿|人民币|rmb|cny|¥|人|名|个|家|次|天|日|月|年|台|套|件|%)$/
const notes = /^(必填|选填|必需|可选|非必填|required|optional)/

export const oneLine = (text: string) => text.replace(/[\u0000-\u001f\u2028\u2029]+/g, ' ').replace(/ {2,}/g, ' ').trim()

/** Full-width forms, blanks, line feeds, asterisks and punctuation make no difference; `E-mail` is `email`. */
export const normalise = (text: string) =>
  text.normalize('NFKC').toLowerCase().replace(/[\s\u200b-\u200f\ufeff*※★☆#:;,.。、，；：!?'"`~_\-—–·|\\【】《》<>{}]+/g, '')

export function headerWords(raw: string): HeaderWords {
  const wide = raw.normalize('NFKC')
  const inside = [...wide.matchAll(/[([【]([^)\]】]*)[)\]】]/g)].map(match => normalise(match[1] ?? ''))
  const bare = wide.replace(/[([【][^)\]】]*[)\]】]?/g, '').replace(/(必填项?|选填|非必填)\s*$/, '')
  const whole = normalise(bare.replace(/[/、&]|或/g, '')) || normalise(wide.replace(/[()[\]]/g, ''))
  const parts = bare.split(/[/、&]|或|\n/).map(normalise).filter(part => part !== '')

  return {
    text: oneLine(raw),
    keys: [...new Set([whole, ...(parts.length > 1 ? parts : [])])].filter(key => key !== ''),
    unit: inside.find(note => units.test(note) && !notes.test(note)) ?? unitBehind(bare),
  }
}

/** `金额:万元`, `金额 万元` */
const unitBehind = (text: string) => /[\s:：]((?:百万|万|千|亿)元)\s*$/.exec(text)?.[1] ?? null

/** What a number under this unit is multiplied with, as a power of ten: 万元 → 4. */
export const powerOfUnit = (unit: string | null) =>
  unit === null ? 0 : unit.startsWith('百万') ? 6 : unit.startsWith('亿') ? 8 : unit.startsWith('万') ? 4 : unit.startsWith('千') ? 3 : 0

const prefixes = /^(客户|公司|企业|单位|所属|所在|主要|当前|目前|的)+/
const suffixes = /(信息|情况|内容|名称|填写)+$/

/**
 * How surely two normalised words mean the same: 1 equal, 0.85 equal but for words that say nothing,
 * up to 0.75 when one holds the other, less for a part in common.
 */
export function likeness(a: string, b: string): number {
  if (a === '' || b === '') return 0
  if (a === b) return 1
  const [coreA, coreB] = [core(a), core(b)]
  if (coreA !== '' && coreA === coreB) return 0.85
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 2 && long.includes(short)) return 0.5 + 0.25 * (short.length / long.length)

  return 0.6 * dice(a, b)
}

/** A word without what says nothing: 客户邮箱信息 → 邮箱. */
export const core = (word: string) => word.replace(prefixes, '').replace(suffixes, '')

/** Dice coefficient of letter pairs. */
export function dice(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0
  const left = pairs(a)
  const right = pairs(b)
  const common = [...left].filter(pair => right.has(pair)).length

  return (2 * common) / (left.size + right.size)
}

const pairs = (word: string) => new Set(Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2)))
