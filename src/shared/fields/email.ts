import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, textOf } from './letters.ts'
import { textual } from './text.ts'

const base = textual('email', 'email', 254, text => text)

/** An address, kept in lower case: two spellings of one mailbox are one value. Slips of the hand are offered mended. */
export const email: FieldType<string> = {
  ...base,
  parse(input, field, context) {
    const typed = textOf(input)
    if (typed === null) return refuse('email.invalid')
    const line = letters(cleanLine(typed)).toLowerCase().replace(/^(?:mailto|e-?mail|邮箱|电子邮箱)\s*[:：]\s*/, '')
    if (line === '') return accept<string>(null)
    if (isAddress(line)) return slip(line) ?? base.parse(line, field, context)
    const several = line.split(/[\s、,，;；/|]+/).filter(isAddress)
    if (several.length > 1) return refuse('email.several', undefined, several[0])
    const mended = mend(line)
    return refuse('email.invalid', undefined, isAddress(mended) ? mended : undefined)
  },
}

const local = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/
const domain = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+(?:\p{L}{2,63}|xn--[a-z0-9-]{2,59})$/u

function isAddress(text: string) {
  const parts = text.split('@')
  const [name = '', host = ''] = parts
  return parts.length === 2 && text.length <= 254 && local.test(name) && !/^\.|\.\.|\.$/.test(name) && domain.test(host)
}

/** Full-width letters and digits; the signs stay, they are proposals. */
const letters = (text: string) => text.replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, letter => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))

const endings: Record<string, string> = { con: 'com', cmo: 'com', ocm: 'com', comm: 'com', vom: 'com', xom: 'com', coom: 'com', nte: 'net', ner: 'net' }
const hosts: Record<string, string> = {
  'gmial.com': 'gmail.com', 'gamil.com': 'gmail.com', 'gmai.com': 'gmail.com', 'gmal.com': 'gmail.com', 'hotmial.com': 'hotmail.com', 'hotmai.com': 'hotmail.com',
  'outlok.com': 'outlook.com', 'outloook.com': 'outlook.com', 'qqq.com': 'qq.com', 'foxmial.com': 'foxmail.com',
}

/** A well-formed address whose domain is a known slip. */
function slip(address: string) {
  const mended = mendHost(address)
  return mended === address ? null : refuse('email.slip', { proposal: mended }, mended)
}

function mendHost(address: string) {
  const at = address.indexOf('@') + 1
  const host = address.slice(at).replace(/[^.]+$/, ending => endings[ending] ?? ending)
  return address.slice(0, at) + (hosts[host] ?? host)
}

function mend(line: string) {
  const inner = /<([^<>]+)>/.exec(line)?.[1] ?? line
  const signs = inner.replace(/[＠﹫]|\(at\)|\[at\]|#(?=[^@]*$)(?![^#]*@)/g, '@').replace(/[。．｡]/g, '.').replaceAll('＿', '_').replaceAll('－', '-')
  const tight = signs.replace(/\s/g, '').replace(/@{2,}/, '@').replace(/\.{2,}/g, '.').replace(/,(?=[a-z]+$)/, '.').replace(/^[<"'.]+|[>"'.,;]+$/g, '')
  const dotted = tight.replace(/@(qq|163|126|gmail|139|189|sina|foxmail|outlook|hotmail|yeah)(com|net)$/, '@$1.$2')
  return mendHost(dotted)
}
