import type { Field, Option } from '../object.ts'
import { accept, refuse, type FieldType, type Parsed } from './field.ts'
import { cleanLine, compareText, textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { oneOps } from './ops.ts'

/** One option, by its label. Other spellings of exactly one label are offered, never taken silently. */
export const choice: FieldType<string> = {
  name: 'choice',
  sql: 'text',
  ops: oneOps,
  parse: (input, field) => findOption(input, field),
  format: value => value,
  compare: (a, b, field) => positionOf(a, field) - positionOf(b, field) || compareText(a, b),
  mask: () => hidden,
  maskSql: hideSql,
}

/** The place of a label among the options; an unknown one comes last. */
export function positionOf(label: string, field: Field) {
  const position = (field.options ?? []).findIndex(option => option.label === label)
  return position < 0 ? Number.MAX_SAFE_INTEGER : position
}

/** The label that a text means: exactly, or but for case, width and blanks. */
export function findOption(input: unknown, field: Field): Parsed<string> {
  const text = textOf(input)
  if (text === null) return refuse('choice.unknown', { value: '', allowed: listOf(field) })
  const label = cleanLine(text)
  if (label === '') return accept<string>(null)
  const options = field.options ?? []
  const found = options.find(option => option.label === label) ?? options.find(option => option.formerly?.includes(label)) ?? onlyOne(options, option => sameLetters(option.label) === sameLetters(label))
  if (found) return found.retired ? refuse('choice.retired', { value: found.label, allowed: listOf(field) }) : accept(found.label)
  const similar = similarOption(label, options.filter(option => !option.retired))
  if (similar) return refuse('choice.similar', { value: shown(label), proposal: similar.label }, similar.label)
  return refuse('choice.unknown', { value: shown(label), allowed: listOf(field) })
}

/** 成交, 已成交 and 成交客户 have one core; 互联网 lies in 互联网/软件 only. */
function similarOption(label: string, options: readonly Option[]) {
  const wanted = core(label)
  return onlyOne(options, option => core(option.label) === wanted)
    ?? (wanted.length < 2 ? undefined : onlyOne(options, option => core(option.label).includes(wanted) || (core(option.label).length > 1 && wanted.includes(core(option.label)))))
}

function onlyOne(options: readonly Option[], matches: (option: Option) => boolean) {
  const found = options.filter(matches)
  return found.length === 1 ? found[0] : undefined
}

const sameLetters = (label: string) => label.normalize('NFKC').toLowerCase().replace(/\s/g, '')

function core(label: string) {
  const letters = sameLetters(label).replace(/[()（）【】[\]"'“”·.。/、-]/g, '')
  return letters.replace(/^(?:已|正在)(?=.)/, '').replace(/(?:中|了)$/, '').replace(/(?<=.)(?:客户|用户|行业|类型|级别|等级|类|级|型|业)$/, '') || letters
}

const listOf = (field: Field) => (field.options ?? []).filter(option => !option.retired).map(option => option.label).join('、')
/** A long text would drown the reason. */
const shown = (text: string) => (text.length > 40 ? `${[...text].slice(0, 40).join('')}…` : text)
