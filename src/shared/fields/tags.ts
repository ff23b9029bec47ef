import { compareLists } from './choices.ts'
import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, compareText, lengthOf, textOf } from './letters.ts'
import { hidden, hideSql } from './mask.ts'
import { manyOps } from './ops.ts'

const limits = { tags: 50, letters: 40 }

/** Free words, in the order given, none twice. A text is split at 、 , ; | and line ends; a leading # is dropped. */
export const tags: FieldType<string[]> = {
  name: 'tags',
  sql: 'text[]',
  ops: manyOps,
  parse(input) {
    const items = Array.isArray(input) ? input.map(textOf) : textOf(input)?.split(/[、,，;；|｜\r\n]+/) ?? [null]
    const words: string[] = []
    for (const item of items) {
      if (item === null) return refuse('tags.invalid')
      const word = cleanLine(item).replace(/^(?:[#＃]\s*)+/, '')
      if (lengthOf(word) > limits.letters) return refuse('tags.tooLong', { limit: limits.letters })
      if (word !== '' && !words.includes(word)) words.push(word)
    }
    if (words.length > limits.tags) return refuse('tags.tooMany', { limit: limits.tags })
    return accept(words.length === 0 ? null : words)
  },
  format: (value, _field, lang) => value.join(lang === 'en' ? ', ' : '、'),
  compare: (a, b) => compareLists(a, b, compareText),
  mask: () => hidden,
  maskSql: hideSql,
}
