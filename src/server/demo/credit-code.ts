import type { Random } from './random.ts'

const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = Array.from({ length: 17 }, (_, i) => 3 ** i % 31)
const provinces = ['11', '12', '13', '21', '31', '32', '33', '34', '35', '37', '41', '42', '43', '44', '50', '51', '61']

/** A unified social credit code (GB 32100-2015) with right check characters; no two of the same n. */
export function creditCode(kind: '91' | '92', n: number, random: Random): string {
  const body = `${kind}${random.pick(provinces)}01${String(random.int(100)).padStart(2, '0')}${organisation(n)}`
  const sum = [...body].reduce((total, letter, i) => total + letters.indexOf(letter) * (weights[i] ?? 0), 0)
  return body + letters[(31 - (sum % 31)) % 31]
}

/** Organisation code (GB 11714): eight characters and a check character. A number coprime to 31 spreads neighbours. */
function organisation(n: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  let rest = ((n + 1) * 400_009) % 31 ** 8
  let code = ''
  for (let i = 0; i < 8; i++) {
    code = letters[rest % 31] + code
    rest = Math.floor(rest / 31)
  }
  const sum = [3, 7, 9, 10, 5, 8, 4, 2].reduce((total, weight, i) => total + weight * digits.indexOf(code[i] ?? '0'), 0)
  const check = 11 - (sum % 11)
  // The standard's X and, for eleven, 0.
  return code + (check === 10 ? 'X' : check === 11 ? '0' : String(check))
}
