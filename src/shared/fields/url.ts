import { accept, refuse, type FieldType } from './field.ts'
import { cleanLine, halfWidth, textOf } from './letters.ts'
import { textual } from './text.ts'

const base = textual('url', 'all', 2000, text => text)

/** An address on the web. Without a scheme it gets `https://`; only http and https, so that a link can never run a script. */
export const url: FieldType<string> = {
  ...base,
  parse(input, field, context) {
    const line = halfWidth(cleanLine(textOf(input) ?? '')).trim()
    if (line === '') return textOf(input) === null ? refuse('url.invalid') : accept<string>(null)
    if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(line) && !/^https?:/i.test(line)) return refuse('url.scheme')
    if (/\s/.test(line)) return refuse('url.invalid', undefined, isAddress(withScheme(line.replace(/\s/g, ''))) ? withScheme(line.replace(/\s/g, '')) : undefined)
    const address = withScheme(line)
    if (isAddress(address)) return base.parse(address, field, context)
    const mended = address.replaceAll('。', '.').replace(/^(https?):\/*/i, '$1://')
    return refuse('url.invalid', undefined, isAddress(mended) ? mended : undefined)
  },
}

const withScheme = (text: string) => (/^https?:/i.test(text) ? text.replace(/^https?/i, scheme => scheme.toLowerCase()) : `https://${text}`)

function isAddress(text: string) {
  if (!/^https?:\/\/[^/]/.test(text) || text.includes('。') || !URL.canParse(text)) return false
  const { hostname, username, password } = new URL(text)
  return username === '' && password === '' && (/^[^.]+(?:\.[^.]+)+$/.test(hostname) || hostname === 'localhost' || hostname.startsWith('['))
}
