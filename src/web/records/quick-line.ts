export interface QuickLine { name: string; phone: string; needs: string }

/** A run that may be a telephone number: digits of either width, joined by what people put between them. */
const candidates = /[+＋(（]?[\d０-９](?:[\d０-９()（）\-－—\s]|转|ext\.?|分机){5,}[\d０-９]/gi

/** One pasted line, `名称 电话 需求` in any order that has exactly one reading. `isPhone` is the phone field's own parser. */
export function readQuickLine(text: string, isPhone: (text: string) => boolean): QuickLine {
  const line = text.replace(/[\r\n]+/g, ' ').trim()
  const cells = line.split(/\t|[,，;；|｜]/).map(cell => cell.trim()).filter(cell => cell !== '')
  const phone = phoneIn(line, isPhone)
  if (phone === null) return cells.length > 1 ? { name: cells[0] ?? '', phone: '', needs: cells.slice(1).join(' ') } : { name: line, phone: '', needs: '' }

  const before = tidy(line.slice(0, phone.at))
  const after = tidy(line.slice(phone.at + phone.text.length))
  if (before !== '') return { name: firstCell(before), phone: phone.text, needs: join(restOf(before), after) }
  const [name = '', ...rest] = after.split(/[\s,，;；|｜]+/)
  return { name, phone: phone.text, needs: rest.join(' ') }
}

/** Is it more than a name: does it hold a number or several cells? Then it is worth splitting. */
export const isQuickLine = (text: string, isPhone: (text: string) => boolean) => {
  const read = readQuickLine(text, isPhone)
  return read.phone !== '' && read.name !== ''
}

function phoneIn(line: string, isPhone: (text: string) => boolean) {
  for (const match of line.matchAll(candidates)) {
    const words = [...match[0].matchAll(/\S+/g)]
    for (let length = words.length; length > 0; length--) {
      for (let from = 0; from + length <= words.length; from++) {
        const first = words[from]
        const last = words[from + length - 1]
        if (first === undefined || last === undefined) continue
        const text = match[0].slice(first.index, last.index + last[0].length)
        if (isPhone(text)) return { text, at: match.index + first.index }
      }
    }
  }
  return null
}

const edges = /^[\s,，;；|｜:：、]+|[\s,，;；|｜:：、]+$/g
const tidy = (text: string) => text.replace(/(电话|手机|联系方式|tel|phone)[:：]?\s*$/i, '').replace(edges, '')
const firstCell = (text: string) => text.split(/\t|[,，;；|｜]/)[0]?.trim() ?? ''
const restOf = (text: string) => text.split(/\t|[,，;；|｜]/).slice(1).join(' ').trim()
const join = (...texts: string[]) => texts.filter(text => text !== '').join(' ')
