import { uuidv7 } from 'uuidv7'
import type { Grants, Role } from '#shared/access.ts'
import type { RecordOut } from '#shared/api/records.ts'
import { system, type Viewer } from '#server/access/viewer.ts'
import type { Pool } from '#server/db/connect.ts'
import { sql } from '#server/db/sql.ts'
import { create } from '#server/records/create.ts'
import { freshDatabase } from './database.ts'

/**
 * The small company that every test knows. 总部 has 华东部 (head: 韩梅梅, with 李雷 and 小明, who report to her) and 华北部 (小红).
 * 李雷 and 小明 and 小红 sell (own customers), 韩梅梅 leads her department and what is below it, 老王 serves (sees all, phones masked), the boss administers.
 */
export interface World {
  db: Pool
  boss: Viewer
  hanmeimei: Viewer
  lilei: Viewer
  xiaoming: Viewer
  xiaohong: Viewer
  laowang: Viewer
  /** Sees nothing at all. */
  newcomer: Viewer
  departments: Record<'head' | 'east' | 'north', string>
  /** C1 C2 belong to 李雷, C3 to 小明, C4 to 小红. */
  customers: Record<'C1' | 'C2' | 'C3' | 'C4', RecordOut>
}

const all: Grants = { view: 'all', edit: 'all', delete: 'all', export: 'all', transfer: 'all', create: true, import: true }
const own: Grants = { view: 'own', edit: 'own', create: true }
const tree: Grants = { view: 'departmentTree', edit: 'departmentTree', delete: 'departmentTree', export: 'departmentTree', transfer: 'departmentTree', create: true, import: true }
const people: Record<string, Grants> = { users: { view: 'all' }, departments: { view: 'all' } }

export const role = (name: string, objects: Role['objects'], fields: Role['fields'] = {}, rights: Role['rights'] = []): Role => ({ id: uuidv7(), name, objects, fields, rights })

export const roles = {
  administrator: role('系统管理员', { customers: all, contacts: all, users: all, departments: all }, {}, ['people', 'shape', 'settings', 'audit']),
  seller: role('销售专员', { ...people, customers: own, contacts: own }),
  leader: role('销售经理', { ...people, customers: tree, contacts: tree }),
  service: role('客服', { ...people, customers: { view: 'all' }, contacts: { view: 'all' } }, { customers: { phone: 'masked', totalAmount: 'hidden' }, contacts: { mobile: 'masked', phone: 'masked' } }),
}

export async function smallWorld(name = 'world'): Promise<World> {
  const db = await freshDatabase(name)
  const departments = { head: uuidv7(), east: uuidv7(), north: uuidv7() }
  await db.query(sql`insert into departments (id, name, parent_id) values (${departments.head}, '总部', null), (${departments.east}, '华东部', ${departments.head}), (${departments.north}, '华北部', ${departments.head})`)
  const person = async (label: string, login: string, departmentId: string, held: Role[], reports: Viewer[] = [], departmentTree = [departmentId]) => {
    const viewer = personOf(label, departmentId, held, reports, departmentTree)
    await db.query(sql`insert into users (id, name, login, department_id, status) values (${viewer.id}, ${label}, ${login}, ${departmentId}, 'active')`)
    return viewer
  }
  const lilei = await person('李雷', 'lilei', departments.east, [roles.seller])
  const xiaoming = await person('小明', 'xiaoming', departments.east, [roles.seller])
  const xiaohong = await person('小红', 'xiaohong', departments.north, [roles.seller])
  const hanmeimei = await person('韩梅梅', 'hanmeimei', departments.east, [roles.leader], [lilei, xiaoming])
  const laowang = await person('老王', 'laowang', departments.head, [roles.service])
  const newcomer = await person('新人', 'newcomer', departments.north, [])
  const boss = await person('老板', 'boss', departments.head, [roles.administrator], [], Object.values(departments))
  await db.query(sql`update users set manager_id = ${hanmeimei.id} where id = any(${[lilei.id, xiaoming.id]}::uuid[])`)
  const customer = (owner: Viewer, values: Record<string, unknown>) => create(db, owner, 'customers', { values })
  const customers = {
    C1: await customer(lilei, { name: '北京示例科技有限公司', phone: '13800138000', level: '重点客户', totalAmount: '500000', region: '北京市/海淀区', needs: '采购客户管理系统', tags: ['老客户'] }),
    C2: await customer(lilei, { name: '上海样本制造有限公司', phone: '021-12345678', level: '普通客户', totalAmount: '80000.5', lifecycle: '成交客户' }),
    C3: await customer(xiaoming, { name: '重庆长江贸易有限公司', phone: '13900139001', lifecycle: '意向客户' }),
    C4: await customer(xiaohong, { name: '天津滨海物流有限公司', phone: '13700137002', level: '重点客户', totalAmount: '120000' }),
  }
  return { db, boss, hanmeimei, lilei, xiaoming, xiaohong, laowang, newcomer, departments, customers }
}

/** A person as the code sees one, for tests that need another mix of roles. */
export const personOf = (name: string, departmentId: string, held: Role[], reports: Viewer[] = [], departmentTree = [departmentId]): Viewer => {
  const id = uuidv7()
  return { ...system(name), id, kind: 'person', departmentId, departmentTree, reports: [id, ...reports.map(each => each.id)], roles: held, rights: [...new Set(held.flatMap(each => each.rights))], source: 'manual' }
}
