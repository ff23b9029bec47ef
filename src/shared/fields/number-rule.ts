import { cleanLine, halfWidth } from './letters.ts'
import { textual } from './text.ts'

/** The human number of a record (客户编号), given by the server; read here only to find records by it. */
export const numberRule = textual('numberRule', 'number', 100, text => halfWidth(cleanLine(text)).replace(/\s+/g, ''))
