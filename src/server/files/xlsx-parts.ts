import { escapeXml } from './xml-write.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

export interface SheetPart {
  name: string
  hidden: boolean
}

/** Indexes of the cell styles in `stylesXml`. */
export const style = { general: 0, text: 1, money: 2, date: 3, datetime: 4, percent: 5, header: 6, title: 7 } as const

export const packageRelationsXml = `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

const formats = ['#,##0.00', 'yyyy\\-mm\\-dd', 'yyyy\\-mm\\-dd\\ hh:mm:ss', '0.00##%']
const fonts = ['<sz val="11"/><name val="等线"/><family val="2"/>', '<b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="等线"/><family val="2"/>', '<b/><sz val="14"/><name val="等线"/><family val="2"/>']
const fills = ['<patternFill patternType="none"/>', '<patternFill patternType="gray125"/>', '<patternFill patternType="solid"><fgColor rgb="FF2F5FA8"/><bgColor indexed="64"/></patternFill>']
// numFmt, font, fill, in the order of `style`; 49 is text, 164 and on are `formats`.
const cellStyles = [[0, 0, 0], [49, 0, 0], [164, 0, 0], [165, 0, 0], [166, 0, 0], [167, 0, 0], [49, 1, 2], [49, 2, 0]] as const

export const stylesXml =
  `${HEAD}<styleSheet xmlns="${MAIN}">` +
  `<numFmts count="${formats.length}">${formats.map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`).join('')}</numFmts>` +
  `<fonts count="${fonts.length}">${fonts.map(font => `<font>${font}</font>`).join('')}</fonts>` +
  `<fills count="${fills.length}">${fills.map(fill => `<fill>${fill}</fill>`).join('')}</fills>` +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  `<cellXfs count="${cellStyles.length}">${cellStyles.map(([format, font, fill]) => `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`).join('')}</cellXfs>` +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

export const contentTypesXml = (sheets: SheetPart[]) =>
  `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/>` +
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
  `${sheets.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/>`).join('')}</Types>`

export const workbookXml = (sheets: SheetPart[]) =>
  `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
  `${sheets.map(({ name, hidden }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${hidden ? ' state="hidden"' : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`

export const workbookRelationsXml = (sheets: SheetPart[]) =>
  `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}` +
  `<Relationship Id="rId${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`

export const propertiesXml = (title: string, description: string) =>
  `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title)}</dc:title><dc:description>${escapeXml(description)}</dc:description></cp:coreProperties>`

/** A sheet that only holds lists for the validations of another, one list per column. */
export function listSheetXml(lists: string[][]) {
  const height = Math.max(0, ...lists.map(list => list.length))
  const rows = Array.from({ length: height }, (_, row) => `<row r="${row + 1}">${lists.map((list, column) => listCell(list[row], `${columnName(column)}${row + 1}`)).join('')}</row>`)
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`
}

const listCell = (text: string | undefined, ref: string) => (text === undefined ? '' : `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`)

export const sheetBegin = `${HEAD}<worksheet xmlns="${MAIN}">`

/** 0 is A, 26 is AA. */
export const columnName = (index: number): string => (index < 26 ? '' : columnName(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26))
