import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '#shared/i18n/en.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import { isTest, read, sources } from './tree.ts'

const chinese: Record<string, string> = zhCN
const english: Record<string, string> = en
const code = sources.filter(file => !isTest(file) && !file.startsWith('src/shared/i18n/')).map(file => ({ file, text: read(file) }))

test('both languages have every text, with the same holes', () => {
  assert.deepEqual(Object.keys(english).sort(), Object.keys(chinese).sort())
  const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? '').sort().join()
  assert.deepEqual(Object.keys(chinese).filter(key => holes(chinese[key] ?? '') !== holes(english[key] ?? '')), [])
})

test('every text that the code asks for exists', () => {
  const asked = code.flatMap(({ file, text }) =>
    [...text.matchAll(/\bt\(\s*'([\w.]+)'/g), ...text.matchAll(/new Problem\(\s*'([\w.]+)'/g), ...text.matchAll(/\bcode: '([a-z][\w]*\.[\w.]+)'/g), ...text.matchAll(/\brefuse\(\s*'([\w.]+)'/g)].map(match => ({ file, key: match[1] ?? '' })))
  assert.ok(asked.length > 100)
  assert.deepEqual(asked.filter(each => !(each.key in chinese)).map(each => `${each.file}: ${each.key}`), [])
})

test('no text is left that nobody asks for', () => {
  const everything = code.map(each => each.text).join('\n')
  const built = [...everything.matchAll(/`([a-z][\w]*(?:\.[\w]+)*\.)\$\{/g)].map(match => match[1] ?? '')
  const unused = Object.keys(chinese).filter(key => !everything.includes(`'${key}'`) && !everything.includes(`"${key}"`) && !built.some(start => key.startsWith(start)))
  assert.deepEqual(unused, [])
})

test('Chinese is short and calm: no 请您, no exclamation marks', () => {
  assert.deepEqual(Object.entries(chinese).filter(([, text]) => /请您|[!！]/.test(text)).map(([key]) => key), [])
})
