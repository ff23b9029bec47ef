import { demo } from './en/demo.ts'
import { files } from './en/files.ts'
import { first } from './en/first.ts'
import { formula } from './en/formula.ts'
import { imports } from './en/imports.ts'
import { people } from './en/people.ts'
import { settings } from './en/settings.ts'
import { shape } from './en/shape.ts'
import { shaping } from './en/shaping.ts'
import { terminal } from './en/terminal.ts'
import { views } from './en/views.ts'
import type { Messages } from './zh-CN.ts'

export const en = { ...first, ...settings, ...imports, ...files, ...people, ...shape, ...shaping, ...formula, ...demo, ...terminal, ...views } satisfies Messages
