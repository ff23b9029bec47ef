export type Secret = 'idCard' | 'bankCard'

/**
 * Masks the numbers that must never be stored: ID cards (GB 11643, 18 digits, right check digit, real birth date) and bank cards (16 to 19 digits,
 * Luhn, known prefix), also with blanks, hyphens or full-width digits between them. `110101199003074338` → `110101********4338`.
 * Phones, codes of companies (GB 32100), order numbers and numbers with a wrong check digit stay as they are, the latter unless a word before
 * them (身份证, 卡号) says what they are.
 */
export function maskSecrets(text: string): { text: string; found: Secret[] } {
  if (text.length < 16) return { text, found: [] }
  const found = new Set<Secret>()
  const safe = text.replace(runs, (run, at: number) => maskRun(run, text.slice(Math.max(0, at - 12), at), text.charAt(at + run.length), found))
  return { text: safe, found: [...found] }
}

/** Digits with at most two blanks or hyphens between them, perhaps closed by the X of an ID card. */
const runs = /(?<![A-Za-z0-9０-９])[0-9０-９](?:[\s·.‐-―－-]{0,2}[0-9０-９]){14,}(?:[\s－-]{0,2}[XxＸｘ])?/g

function maskRun(run: string, before: string, after: string, found: Set<Secret>): string {
  const places = [...run.matchAll(/[0-9０-９XxＸｘ]/g)].map(match => match.index)
  const letters = places.map(place => narrow(run[place] ?? '')).join('')
  const hide: number[] = []
  for (const { kind, from, to } of secretsIn(letters, places, before, /[A-Za-z]/.test(after))) {
    found.add(kind)
    for (let i = from + 6; i < to - 4; i++) hide.push(places[i] ?? -1)
  }
  return hide.length === 0 ? run : [...run].map((letter, i) => (hide.includes(i) ? '*' : letter)).join('')
}

interface Hit { kind: Secret; from: number; to: number }

/** Every stretch from gap to gap may be a number (two may stand beside each other). A letter behind the run makes its end part of some code. */
function secretsIn(letters: string, places: number[], before: string, goesOn: boolean): Hit[] {
  const starts = places.map((place, i) => i === 0 || place - (places[i - 1] ?? 0) > 1)
  const hits: Hit[] = []
  for (let from = 0; from <= letters.length - 16; from++) {
    if (!starts[from] || (hits.at(-1)?.to ?? 0) > from) continue
    for (const to of [from + 19, from + 18, from + 17, from + 16]) {
      if (to > letters.length) continue
      const kind = (to === letters.length ? !goesOn : starts[to]) ? kindOf(letters.slice(from, to), from === 0 ? before : '') : null
      if (kind) { hits.push({ kind, from, to }); break }
    }
  }
  return hits
}

/** Words before a number that say what it is: then a wrong check digit is a slip of the hand, and the number a secret all the same. */
const says = {
  idCard: /(?:身份证|证件)(?:号码?)?[:：是为\s]*$/,
  bankCard: /(?:银行卡|信用卡|储蓄卡|借记卡|卡号|账号|帐号|账户)(?:号码?)?[:：是为\s]*$/,
  order: /(?:订单|运单|快递单|物流单|流水|发票)(?:编?号|号码)?[:：#\s]*$/,
}

function kindOf(number: string, before: string): Secret | null {
  if (isIdCard(number) || (says.idCard.test(before) && idShape.test(number))) return 'idCard'
  if (says.order.test(before)) return null
  return isBankCard(number) || (says.bankCard.test(before) && cards.test(number)) ? 'bankCard' : null
}

const idShape = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])[0-9]{15}[0-9X]$/

/** GB 11643: province, birth date, check digit by ISO 7064 MOD 11-2. */
export function isIdCard(number: string): boolean {
  if (!idShape.test(number)) return false
  const year = Number(number.slice(6, 10))
  const month = Number(number.slice(10, 12))
  const day = Number(number.slice(12, 14))
  const birth = new Date(Date.UTC(year, month - 1, day))
  if (year < 1880 || birth.getTime() > Date.now() || birth.getUTCMonth() !== month - 1 || birth.getUTCDate() !== day) return false
  const sum = Array.from(number.slice(0, 17)).reduce((total, letter, i) => total + Number(letter) * (2 ** (17 - i) % 11), 0)
  return '10X98765432'[sum % 11] === number[17]
}

/** UnionPay 62, ICBC's older 9558, Visa, Mastercard, JCB: what cards in China begin with. */
const cards = /^(?:62[0-9]{14,17}|9558[0-9]{15}|4[0-9]{15}|5[1-5][0-9]{14}|2(?:22[1-9]|2[3-9][0-9]|[3-6][0-9]{2}|7[01][0-9]|720)[0-9]{12}|35(?:2[89]|[3-8][0-9])[0-9]{12})$/

/** 16 to 19 digits with a known prefix and a right check digit (ISO 7812, Luhn). */
export const isBankCard = (number: string) => cards.test(number) && luhn(number)

function luhn(number: string) {
  const sum = [...number].reverse().reduce((total, letter, i) => {
    const value = Number(letter) * (i % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** 统一社会信用代码 (GB 32100): 18 signs without I, O, S, V, Z; the last one checks, mod 31. */
export function isUscc(code: string): boolean {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  if (!/^[0-9A-HJ-NP-RTUW-Y]{2}[0-9]{6}[0-9A-HJ-NP-RTUW-Y]{10}$/.test(code)) return false
  const sum = Array.from(code.slice(0, 17)).reduce((total, sign, i) => total + signs.indexOf(sign) * (3 ** i % 31), 0)
  return signs[(31 - (sum % 31)) % 31] === code[17]
}

const narrow = (letter: string) => String.fromCharCode(letter.charCodeAt(0) > 0xff00 ? letter.charCodeAt(0) - 0xfee0 : letter.charCodeAt(0)).toUpperCase()
