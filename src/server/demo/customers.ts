import type { FillRow } from '#server/records/fill.ts'
import { areaCodes } from '#shared/fields/area-codes.ts'
import { regions } from '#shared/fields/region-table.ts'
import { mobile, personName, spell, type Company, type Plan } from './company.ts'
import { creditCode } from './credit-code.ts'
import { idAt, randomOf, type Random } from './random.ts'
import { brandLetters, buildings, heavyCities, industries, legalForms, products, remarks, sourceDetails, streets, tags } from './words.ts'

const day = 86_400_000
const cities = areaCodes.flatMap(([code, path]) => Array.from({ length: heavyCities[code] ?? 1 }, () => ({ code, path })))

/** What one customer is made from. */
interface Draft { random: Random; place: { code: string; path: string }; kind: 'company' | 'soleTrader' | 'person'; name: string; shortName: string | null; industry: string; created: number; today: number }

/** The n-th customer of the company, always the same one. */
export function customerAt(plan: Plan, company: Company, n: number): FillRow {
  const random = randomOf(plan.seed, n)
  const place = random.pick(cities)
  const kind = random.weighted({ company: 80, soleTrader: 10, person: 10 })
  const industry = random.pick(Object.keys(industries))
  const created = createdAt(plan, company.founded, n, random)
  const sellers = company.sellersOf.get(place.path.split('/')[0] ?? '') ?? company.people.slice(0, 1)
  // Some sell more than others: the square of an even draw favours the first.
  const owner = sellers[Math.floor(random.next() ** 1.5 * sellers.length)] ?? company.people[0]
  const draft: Draft = { random, place, kind, ...nameOf(random, kind, place.path, industry), industry, created, today: plan.today }
  const business = businessOf(draft)
  return {
    id: idAt(random, created),
    createdAt: new Date(created).toISOString(),
    updatedAt: new Date(Math.max(created, business.lastInteractionAt ? Date.parse(business.lastInteractionAt) + 40_000_000 + random.int(20_000_000) : 0)).toISOString(),
    createdBy: owner?.id ?? null,
    ownerId: owner?.id ?? null,
    departmentId: owner?.departmentId ?? null,
    values: { number: `C${String(n + 1).padStart(3, '0')}`, ...identityOf(draft, n), ...reachOf(draft), ...classOf(draft, business.lifecycle), ...needsOf(draft), ...business },
  }
}

/** Customers come in order, more of them from year to year, in office hours. */
function createdAt({ customers, today }: Plan, founded: number, n: number, random: Random): number {
  const days = ((today - founded) / day) * ((n + random.next()) / customers) ** 0.7
  return founded + Math.floor(days) * day + Math.floor((days % 1) * 9.5 * 3_600_000)
}

function nameOf(random: Random, kind: Draft['kind'], path: string, industry: string): Pick<Draft, 'name' | 'shortName'> {
  if (kind === 'person') return { name: personName(random), shortName: null }
  const city = (path.split('/').at(-1) ?? '').replace(/(市|自治州)$/, '').replace(/白族$/, '')
  const brand = random.pick(brandLetters) + random.pick(brandLetters) + (random.chance(0.25) ? random.pick(brandLetters) : '')
  const trade = random.pick(industries[industry]?.words ?? [''])
  return { name: city + brand + trade + random.pick(legalForms[kind]), shortName: random.chance(0.6) ? brand + trade.slice(0, 2) : null }
}

function identityOf({ random, kind, name, shortName }: Draft, n: number) {
  const isFirm = kind !== 'person'
  return {
    name, shortName, kind,
    creditCode: isFirm && random.chance(0.7) ? creditCode(kind === 'company' ? '91' : '92', n, random) : null,
    size: kind === 'company' ? random.weighted({ micro: 35, small: 40, middle: 18, large: 7 }) : kind === 'soleTrader' ? 'micro' : null,
    website: kind === 'company' && shortName && random.chance(0.5) ? `https://www.${spell(shortName)}.example` : null,
    birthday: isFirm ? null : `${1960 + random.int(45)}-${two(1 + random.int(12))}-${two(1 + random.int(28))}`,
  }
}

function reachOf({ random, place, kind, name, shortName }: Draft) {
  const city = regions()?.byPath.get(place.path)
  const district = city && city.children.length > 0 && random.chance(0.8) ? random.pick(city.children).path : place.path
  const address = `${district.split('/').slice(1).join('')}${random.pick(streets)}${1 + random.int(600)}号${random.pick(buildings)}${random.chance(0.5) ? `${random.pick(['A', 'B', 'C'])}座` : ''}${1 + random.int(28)}层`
  const handle = spell(shortName ?? name).slice(0, 16)
  return {
    phone: kind !== 'person' && random.chance(0.4) ? landline(random, place.code) : mobile(random),
    email: random.chance(0.7) ? `${random.pick(['info', 'sales', 'contact', 'office', 'hr'])}${random.int(90)}@${handle}.example` : null,
    emailOptOut: random.chance(0.06),
    wechat: random.chance(0.45) ? `wx_${handle}${random.int(1000)}` : null,
    qq: random.chance(0.25) ? String(10_000_000 + random.int(3_000_000_000)) : null,
    region: district,
    address,
    registeredAddress: kind === 'company' && random.chance(0.3) ? address : null,
    mailingAddress: random.chance(0.2) ? address : null,
  }
}

/** Eight digits where the area code is short, and in the large cities with a long one. */
function landline(random: Random, code: string) {
  const digits = code.length === 3 || heavyCities[code] ? 8 : 7
  return `${code}-${2 + random.int(7)}${String(random.int(10 ** (digits - 1))).padStart(digits - 1, '0')}`
}

function classOf({ random, industry }: Draft, lifecycle: Lifecycle) {
  const source = random.weighted({ website: 18, social: 8, referral: 14, exhibition: 12, search: 12, ads: 8, partner: 10, phone: 8, introduced: 7, other: 3 })
  const details = sourceDetails[source as keyof typeof sourceDetails]
  const level = random.weighted(lifecycle === 'won' ? { potential: 2, normal: 55, key: 31, vip: 12 } : { potential: 45, normal: 41, key: 12, vip: 2 })
  return { level, vip: level === 'vip', industry, source, sourceDetail: details && random.chance(0.6) ? random.pick(details) : null, tags: random.chance(0.4) ? some(random, tags, 3) : null }
}

const channels = ['phone', 'wechat', 'email', 'visit']

const needsOf = ({ random, industry }: Draft) => ({
  needs: random.chance(0.75) ? some(random, industries[industry]?.needs ?? [], 2).join('；') : null,
  preferences: random.chance(0.3) ? some(random, products, 3) : null,
  preferredChannels: random.chance(0.5) ? inOrder(channels, some(random, channels, 2)) : null,
  doNotDisturb: random.chance(0.1) ? '12:00–14:00' : null,
  remark: random.chance(0.3) ? random.pick(remarks) : null,
})

type Lifecycle = 'lead' | 'prospect' | 'won' | 'lost' | 'dormant'
const statusOf: Record<Lifecycle, Record<string, number>> = {
  lead: { following: 1 }, prospect: { following: 1 }, won: { cooperating: 60, won: 30, paused: 6, ended: 4 }, lost: { lost: 1 }, dormant: { dormant: 1 },
}

function businessOf({ random, created, today }: Draft) {
  const age = Math.max(0, today - created) / day
  const lifecycle = random.weighted<Lifecycle>(age < 60 ? { lead: 60, prospect: 32, won: 8, lost: 0, dormant: 0 } : { lead: 30, prospect: 20, won: 34, lost: 9, dormant: 7 })
  const quiet = lifecycle === 'dormant' ? 200 : lifecycle === 'lost' ? 90 : 0
  const last = Math.max(created, today - Math.max(quiet, random.logNormal(25, 1.2)) * day)
  const isOpen = lifecycle === 'lead' || lifecycle === 'prospect' || lifecycle === 'won'
  const won = lifecycle === 'won' || (lifecycle === 'lost' && random.chance(0.3))
  return {
    lifecycle, status: random.weighted(statusOf[lifecycle]),
    firstContactAt: dateOf(created), lastInteractionAt: random.chance(0.9) ? dateOf(last) : null,
    nextFollowUpAt: isOpen && random.chance(0.6) ? dateOf(today + (random.int(45) - 10) * day) : null,
    ...(won ? dealsOf(random, created + random.next() * (last - created)) : {}),
  }
}

function dealsOf(random: Random, since: number) {
  const orderCount = 1 + Math.floor(random.logNormal(2, 0.9))
  const total = Math.min(200_000_000, Math.max(200, random.logNormal(42_000, 1.4)))
  return {
    cooperationSince: dateOf(since), totalAmount: total.toFixed(2), orderCount, averageOrderAmount: (total / orderCount).toFixed(2),
    cooperation: random.chance(0.6) ? some(random, products, 2).join('、') : null,
    payment: random.weighted({ prepaid: 30, monthly: 45, delivery: 15, instalment: 10 }),
    credit: random.weighted({ good: 70, fair: 25, bad: 5 }),
  }
}

/** One to `most` of them, each once. */
function some(random: Random, items: readonly string[], most: number): string[] {
  const start = random.int(items.length)
  return Array.from({ length: Math.min(items.length, 1 + random.int(most)) }, (_, i) => items[(start + i * 5) % items.length] ?? '').filter((item, i, all) => all.indexOf(item) === i)
}

/** As the catalog orders them. */
const inOrder = (all: readonly string[], chosen: string[]) => all.filter(item => chosen.includes(item))

const two = (n: number) => String(n).padStart(2, '0')
// Days as China counts them, eight hours ahead of UTC.
const dateOf = (instant: number) => new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10)
