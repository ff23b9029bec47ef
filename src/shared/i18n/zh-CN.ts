import { demo } from './zh-CN/demo.ts'
import { exports } from './zh-CN/exports.ts'
import { fields } from './zh-CN/fields.ts'
import { files } from './zh-CN/files.ts'
import { frame } from './zh-CN/frame.ts'
import { grid } from './zh-CN/grid.ts'
import { imports } from './zh-CN/imports.ts'
import { people } from './zh-CN/people.ts'
import { problems } from './zh-CN/problems.ts'
import { records } from './zh-CN/records.ts'
import { session } from './zh-CN/session.ts'
import { terminal } from './zh-CN/terminal.ts'

/** Every text of the product in Chinese. Its keys are the type that every other language must satisfy. */
export const zhCN = { ...problems, ...demo, ...fields, ...files, ...frame, ...grid, ...imports, ...exports, ...people, ...records, ...session, ...terminal }
export type Messages = Record<keyof typeof zhCN, string>
