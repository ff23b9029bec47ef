import { demo } from './zh-CN/demo.ts'
import { files } from './zh-CN/files.ts'
import { first } from './zh-CN/first.ts'
import { formula } from './zh-CN/formula.ts'
import { imports } from './zh-CN/imports.ts'
import { people } from './zh-CN/people.ts'
import { settings } from './zh-CN/settings.ts'
import { shape } from './zh-CN/shape.ts'
import { sheet } from './zh-CN/sheet.ts'
import { shaping } from './zh-CN/shaping.ts'
import { terminal } from './zh-CN/terminal.ts'
import { views } from './zh-CN/views.ts'

/** Every text of the product in Chinese. Its keys are the type that every other language must satisfy. */
export const zhCN = { ...first, ...settings, ...imports, ...files, ...people, ...shape, ...shaping, ...sheet, ...formula, ...demo, ...terminal, ...views }
export type Messages = Record<keyof typeof zhCN, string>
