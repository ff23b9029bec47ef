import type { FillRow } from '#server/records/fill.ts'
import { mobile, personName, spell, type Plan } from './company.ts'
import { idAt, randomOf, type Random } from './random.ts'
import { jobs, remarks } from './words.ts'

/** Behind the places of the customers. */
const contactPlace = 2 ** 41
const shares = { 0: 12, 1: 49, 2: 25, 3: 10, 4: 4 }

/** The people at the n-th customer: 1.3 on average, one of them the primary one. */
export function contactsAt(plan: Plan, customer: FillRow, n: number): FillRow[] {
  const random = randomOf(plan.seed, contactPlace + n)
  const count = customer.values.kind === 'person' ? 0 : Number(random.weighted(shares as unknown as Record<'0' | '1' | '2' | '3' | '4', number>))
  return Array.from({ length: count }, (_, i) => ({ ...customer, id: idAt(random, Date.parse(customer.createdAt)), values: contactOf(random, customer, i === 0) }))
}

function contactOf(random: Random, customer: FillRow, isPrimary: boolean) {
  const name = personName(random)
  const domain = String(customer.values.email ?? '').split('@')[1]
  const handle = spell(name)
  const phone = String(customer.values.phone ?? '')
  return {
    customer: customer.id, name, isPrimary,
    role: isPrimary ? random.weighted({ decider: 45, liaison: 45, user: 5, influencer: 5 }) : random.weighted({ decider: 10, liaison: 30, user: 40, influencer: 20 }),
    title: random.chance(0.85) ? random.pick(jobs) : null,
    influence: random.chance(0.5) ? random.weighted({ high: 30, middle: 45, low: 25 }) : null,
    gender: random.chance(0.7) ? random.weighted({ male: 58, female: 42 }) : null,
    birthday: random.chance(0.15) ? `${1962 + random.int(40)}-${String(1 + random.int(12)).padStart(2, '0')}-${String(1 + random.int(28)).padStart(2, '0')}` : null,
    mobile: random.chance(0.92) ? mobile(random) : null,
    phone: phone.startsWith('0') && random.chance(0.4) ? `${phone}-${100 + random.int(900)}` : null,
    email: domain && random.chance(0.5) ? `${handle}@${domain}` : null,
    wechat: random.chance(0.6) ? `${handle}${random.int(1000)}` : null,
    qq: random.chance(0.12) ? String(10_000_000 + random.int(3_000_000_000)) : null,
    remark: random.chance(0.08) ? random.pick(remarks) : null,
  }
}
