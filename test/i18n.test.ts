import assert from 'node:assert/strict'
import { test } from 'node:test'
import { en } from '#shared/i18n/en.ts'
import { files } from '#shared/i18n/zh-CN/files.ts'
import { first } from '#shared/i18n/zh-CN/first.ts'
import { formula } from '#shared/i18n/zh-CN/formula.ts'
import { imports } from '#shared/i18n/zh-CN/imports.ts'
import { settings } from '#shared/i18n/zh-CN/settings.ts'
import { shaping } from '#shared/i18n/zh-CN/shaping.ts'
import { sheet } from '#shared/i18n/zh-CN/sheet.ts'
import { views } from '#shared/i18n/zh-CN/views.ts'
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

/** Screens whose texts do not come with the page, and what may stand in other screens although it lies beside them. */
const late: { folder: string; texts: Record<string, string>; early: string[] }[] = [
  { folder: 'src/web/settings/', texts: settings, early: [] },
  { folder: 'src/web/shape/', texts: { ...shaping, ...formula }, early: [] },
  { folder: 'src/web/views/', texts: views, early: [] },
  // Some of them come by a dialog of the fields, too.
  { folder: 'src/web/sheet/', texts: { ...sheet, ...shaping }, early: [] },
  { folder: 'src/web/imports/', texts: { ...imports, ...files }, early: ['file-drop.tsx', 'sending.tsx', 'follow.ts', 'upload.ts', 'use-upload.ts'] },
]

test('a screen has the texts that it asks for: the first ones, or those that come with it', () => {
  const missing = code.filter(({ file }) => file.startsWith('src/web/')).flatMap(({ file, text }) => {
    const own = late.find(({ folder, early }) => file.startsWith(folder) && !early.includes(file.slice(folder.length)))
    const asked = [...text.matchAll(/'([a-z]\w*(?:\.[\w]+)+)'/g)].map(match => match[1] ?? '').filter(key => key in chinese)
    return asked.filter(key => !(key in first) && !(own && key in own.texts)).map(key => `${file}: ${key}`)
  })
  // Codes that are compared, not shown: the server sends their texts along.
  assert.deepEqual(missing, ['src/web/session/first-run.tsx: setup.tokenWrong', 'src/web/shape/options-input.tsx: shape.optionInUse'])
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
