/** A quoted cell ends where its quote is followed by a border; a text that merely begins with a quote is a text. */
const quotedCell = /"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)/y
const plainCell = /[^\t\r\n]*/y

/** Reads what Excel, WPS and others put on the clipboard as text. Quoted cells may hold tabs and line breaks. */
export function parseTsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  while (at <= text.length) {
    const { value, end } = cellFrom(text, at)
    line.push(value)
    if (text[end] !== '\t') {
      lines.push(line)
      line = []
    }
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
  }
  // Excel ends every copy with a line break; it is not an empty row.
  if (lines.length > 1 && lines.at(-1)?.join('') === '' && lines.at(-1)?.length === 1) lines.pop()
  return lines
}

function cellFrom(text: string, at: number): { value: string; end: number } {
  quotedCell.lastIndex = at
  const quoted = quotedCell.exec(text)
  if (quoted) return { value: normal((quoted[1] ?? '').replaceAll('""', '"')), end: quotedCell.lastIndex }
  plainCell.lastIndex = at
  return { value: plainCell.exec(text)?.[0] ?? '', end: plainCell.lastIndex }
}

const normal = (text: string) => text.replace(/\r\n?/g, '\n')

/** The text that Excel, WPS and this sheet read back cell by cell. */
export const formatTsv = (lines: string[][]) => lines.map(line => line.map(quoted).join('\t')).join('\r\n')

const quoted = (text: string) => (/[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A table for programs that paste HTML. `asText` marks columns that must stay text: long numbers, leading zeros, formulas. */
export function formatHtml(lines: string[][], asText: boolean[]): string {
  const cell = (text: string, index: number) =>
    `<td${asText[index] === false ? '' : ` style='mso-number-format:"\\@"'`}>${escaped(text)}</td>`
  return `<meta charset="utf-8"><table>${lines.map(line => `<tr>${line.map(cell).join('')}</tr>`).join('')}</table>`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br style="mso-data-placement:same-cell">' }
const escaped = (text: string) => text.replace(/[&<>"\n]/g, sign => entities[sign] ?? sign)
