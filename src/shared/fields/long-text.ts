import { cleanLines } from './letters.ts'
import { longTextOps } from './ops.ts'
import { textual } from './text.ts'

/** Several lines, kept as they were typed. */
export const longText = { ...textual('longText', 'all', 50_000, cleanLines), ops: longTextOps }
