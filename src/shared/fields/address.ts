import { cleanLine } from './letters.ts'
import { textual } from './text.ts'

/** A postal address on one line. Masked, 省市区 stay readable. */
export const address = textual('address', 'address', 500, text => cleanLine(text).replace(/ {2,}/g, ' '))
