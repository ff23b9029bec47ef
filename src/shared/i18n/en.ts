import { exports } from './en/exports.ts'
import { fields } from './en/fields.ts'
import { files } from './en/files.ts'
import { frame } from './en/frame.ts'
import { grid } from './en/grid.ts'
import { imports } from './en/imports.ts'
import { people } from './en/people.ts'
import { problems } from './en/problems.ts'
import { records } from './en/records.ts'
import { session } from './en/session.ts'
import { terminal } from './en/terminal.ts'
import type { Messages } from './zh-CN.ts'

export const en = { ...problems, ...fields, ...files, ...frame, ...grid, ...imports, ...exports, ...people, ...records, ...session, ...terminal } satisfies Messages
