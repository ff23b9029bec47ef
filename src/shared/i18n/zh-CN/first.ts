import { exports } from './exports.ts'
import { fields } from './fields.ts'
import { frame } from './frame.ts'
import { grid } from './grid.ts'
import { problems } from './problems.ts'
import { records } from './records.ts'
import { session } from './session.ts'
import { tasks } from './tasks.ts'

/** What the browser loads with the first page. */
export const first = { ...exports, ...fields, ...frame, ...grid, ...problems, ...records, ...session, ...tasks }
