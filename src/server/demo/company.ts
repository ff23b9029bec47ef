import type { FillRow } from '#server/records/fill.ts'
import { pinyinKey } from '#server/records/search-tokens.ts'
import { idAt, randomOf, type Random } from './random.ts'
import { givenLetters, regionsOfSales, surnames } from './words.ts'

/** What the whole demo follows from. `today` is the company's last day, as the start of that day in ms. */
export interface Plan { seed: number; customers: number; today: number; rootId: string }

export interface Person { id: string; name: string; login: string; departmentId: string; managerId: string | null; title: string; region: string | null; role: string }
export interface Department { id: string; name: string; parentId: string | null; headId: string | null }
export interface Company { founded: number; departments: Department[]; people: Person[]; sellersOf: Map<string, Person[]> }

const day = 86_400_000
/** Places of the streams of random numbers: customers take theirs from 0 upwards. */
const companyPlace = 2 ** 40

/** One seller for every thousand customers, and never so few that a team has none. */
const sellersFor = (customers: number) => Math.min(600, Math.max(24, Math.round(customers / 1000)))

/** Departments and people of the company; the same for the same plan, in whichever process. */
export function companyOf(plan: Plan): Company {
  const random = randomOf(plan.seed, companyPlace)
  const founded = plan.today - 1400 * day
  const company: Company = { founded, departments: [], people: [], sellersOf: new Map() }
  const department = (name: string, parentId: string) => {
    const made: Department = { id: idAt(random, founded), name, parentId, headId: null }
    company.departments.push(made)
    return made
  }
  const hire = (at: { id: string; headId?: string | null }, role: string, title: string, manager: Person | null, region: string | null = null) => {
    const name = personName(random)
    const person = { id: idAt(random, founded), name, login: loginOf(name, company.people.length), departmentId: at.id, managerId: manager?.id ?? null, title, region, role }
    company.people.push(person)
    return person
  }

  const office = department('总经办', plan.rootId)
  const chief = hire(office, '管理层', '总经理', null)
  office.headId = chief.id
  const sales = department('销售中心', plan.rootId)
  const director = hire(sales, '管理层', '销售总监', chief)
  sales.headId = director.id
  const branches: { branch: Department; leader: Person; provinces: string[] }[] = []
  for (const [name, { branches: cities, provinces }] of Object.entries(regionsOfSales)) {
    const region = department(name, sales.id)
    const head = hire(region, '销售经理', '大区经理', director, provinces[0] ?? null)
    region.headId = head.id
    for (const city of cities) {
      const branch = department(`${city}分部`, region.id)
      const leader = hire(branch, '销售经理', '销售经理', head, provinces[0] ?? null)
      branch.headId = leader.id
      branches.push({ branch, leader, provinces })
    }
  }
  for (let i = 0; i < sellersFor(plan.customers); i++) {
    const { branch, leader, provinces } = branches[i % branches.length] as (typeof branches)[number]
    const seller = hire(branch, '销售专员', random.chance(0.3) ? '高级客户经理' : '客户经理', leader, provinces[0] ?? null)
    for (const province of provinces) company.sellersOf.set(province, [...(company.sellersOf.get(province) ?? []), seller])
  }
  for (const [name, role, title, size] of staff) {
    const team = department(name, plan.rootId)
    const head = hire(team, role, `${name}经理`, chief)
    team.headId = head.id
    for (let i = 0; i < size; i++) hire(team, role, title, head)
  }
  return company
}

const staff: [department: string, role: string, title: string, size: number][] = [
  ['市场部', '市场', '市场专员', 5], ['客户服务部', '客服', '客服专员', 8], ['财务部', '只读', '会计', 4], ['人力行政部', '只读', '行政专员', 3], ['信息安全部', '安全管理员', '安全专员', 1], ['审计部', '审计管理员', '审计专员', 1],
]

export const personName = (random: Random) => random.pick(surnames) + random.pick(givenLetters) + (random.chance(0.75) ? random.pick(givenLetters) : '')

/** A name in Latin letters. */
export const spell = (text: string) => (pinyinKey(text)?.split('\u0001')[0] ?? '').replace(/[^a-z0-9]/g, '')

const loginOf = (name: string, place: number) => `${spell(name)}${place + 1}`

export const mobile = (random: Random) => random.pick(['130', '131', '133', '135', '136', '137', '138', '139', '150', '151', '152', '158', '159', '176', '177', '180', '181', '185', '186', '187', '188', '189', '191', '199']) + String(random.int(100_000_000)).padStart(8, '0')

/** As rows to fill in. */
export function companyRows({ founded, departments, people }: Company, seed: number): { departments: FillRow[]; users: FillRow[] } {
  const random = randomOf(seed, companyPlace + 1)
  const at = new Date(founded).toISOString()
  const row = (id: string, values: Record<string, unknown>): FillRow => ({ id, createdAt: at, updatedAt: at, createdBy: null, ownerId: null, departmentId: null, values })
  return {
    departments: departments.map(({ id, name, parentId, headId }) => row(id, { name, parent: parentId, head: headId })),
    users: people.map(person => row(person.id, {
      name: person.name, login: person.login, department: person.departmentId, manager: person.managerId, title: person.title, phone: mobile(random), email: `${person.login}@xinghe.example`, region: person.region, status: 'active',
    })),
  }
}
