import { expect, test, type Page } from '@playwright/test'
import { dress, drop, expectAccessible, expectNoSideways, expectThumbs, looks, phone, picture, send, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** An administrator gives the company an object of its own, while a colleague works. */
test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const toObjects = async (page: Page) => {
  await page.goto(`${product.address}/settings/objects`)
  await expect(page.locator('[data-object=customers]')).toBeVisible()
}
const seller = { login: 'xiaoming', password: 'xinghe-2026!' }
const rail = (page: Page, name: string) => page.getByRole('navigation', { name: '导航' }).or(page.getByRole('navigation')).getByRole('link', { name, exact: true }).first()

test('an object is made in a dialog: a colleague sees it in the rail without a reload, and its empty list says how to begin', async ({ page, browser }) => {
  for (const name of ['星河电子有限公司', '云帆贸易有限公司']) await send(page, 'post', '/customers', { values: { name } })
  const { roles } = await send(page, 'get', '/roles') as { roles: { id: string; name: string }[] }
  await send(page, 'post', '/users', { ...seller, name: '小明', roles: [roles.find(role => role.name === '销售专员')?.id] })
  const context = await browser.newContext()
  const other = await context.newPage()
  await signIn(other, product.address, seller)
  await expect(rail(other, '客户')).toBeVisible()

  await toObjects(page)
  await expectAccessible(page)
  await page.getByRole('button', { name: '新建对象' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '名称', exact: true }).fill('客户')
  await dialog.getByRole('radio', { name: '扳手' }).check()
  await dialog.getByRole('radio', { name: '青' }).check()
  await dialog.getByRole('textbox', { name: '编号前缀' }).fill('SB')
  await expect(dialog.getByText('编号：SB001, SB002, SB003 …')).toBeVisible()
  await expect(dialog.getByRole('combobox', { name: '销售专员' })).toHaveValue('看和改自己的')
  await dialog.getByRole('combobox', { name: '销售专员' }).click()
  await page.getByRole('option', { name: '看全部，改自己的' }).click()
  await expectAccessible(page)
  await picture(page, 'object-new')
  await dialog.getByRole('button', { name: '新建对象' }).click()
  await expect(dialog.getByText('已经有叫“客户”的对象')).toBeVisible()
  await dialog.getByRole('textbox', { name: '名称', exact: true }).fill('设备')
  await dialog.getByRole('button', { name: '新建对象' }).click()
  await expect(page.getByText('已建立对象“设备”')).toBeVisible()
  for (const each of [page, other]) await expect(rail(each, '设备')).toBeVisible()
  await picture(page, 'objects')

  await page.getByRole('button', { name: '打开', exact: true }).click()
  await expect(page.getByText('还没有设备')).toBeVisible()
  await expect(page.getByRole('button', { name: '导入' })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'object-empty')
  await page.getByRole('button', { name: '设置字段' }).click()
  await expect(page.locator('[data-shaped=name]')).toContainText('设备名称')
  await context.close()
})

test('its fields are made at once: a reference to customers, a date, a choice', async ({ page }) => {
  await page.goto(`${product.address}/settings/fields?object=sheBei`)
  await page.getByRole('button', { name: '添加字段' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '字段名称' }).fill('所属客户')
  await dialog.getByRole('combobox', { name: '类型' }).click()
  await page.getByRole('option', { name: /关联记录/ }).click()
  await dialog.getByRole('combobox', { name: '关联到' }).click()
  await page.getByRole('option', { name: '客户', exact: true }).click()
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(page.locator('[data-shaped=suoShuKeHu]')).toContainText('客户')
  await send(page, 'post', '/objects/sheBei/fields', { label: '保修到期', type: 'date', name: 'warranty' })
  await send(page, 'post', '/objects/sheBei/fields', { label: '设备状态', type: 'choice', name: 'state', options: [{ label: '运行', color: 'green' }, { label: '停机', color: 'red' }] })
})

test('records appear on the page of their customer, where another is added with the customer filled in', async ({ page, browser }) => {
  const { records } = await send(page, 'post', '/customers/query', { filter: { field: 'name', op: 'startsWith', value: '星河' } }) as { records: { id: string }[] }
  const id = records[0]?.id ?? ''
  await page.goto(`${product.address}/customers/${id}`)
  await page.getByRole('button', { name: /设备/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('combobox', { name: '所属客户' })).toHaveValue('星河电子有限公司')
  await dialog.getByRole('textbox', { name: '设备名称' }).fill('数控车床')
  await dialog.getByRole('button', { name: '保存' }).first().click()
  await expect(page.getByRole('link', { name: '数控车床' })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'object-on-customer')
  await page.getByRole('link', { name: '数控车床' }).click()
  await expect(page.getByRole('heading', { name: '数控车床' })).toBeVisible()
  await expect(page.getByRole('link', { name: '星河电子有限公司' }).first()).toBeVisible()
  await picture(page, 'object-page')

  // The colleague sees every machine and changes only their own.
  const context = await browser.newContext()
  const other = await context.newPage()
  await signIn(other, product.address, seller)
  await other.goto(`${product.address}/sheBei`)
  await expect(other.getByRole('gridcell', { name: '数控车床' })).toBeVisible()
  await context.close()
})

test('a file of machines comes in, tied to customers by name and by number; what fits none is told', async ({ page }) => {
  await page.goto(`${product.address}/sheBei`)
  await expect(page.getByRole('grid')).toBeVisible()
  await page.waitForLoadState('networkidle')
  const { records } = await send(page, 'post', '/customers/query', { filter: { field: 'name', op: 'startsWith', value: '云帆' } }) as { records: { number: string }[] }
  const text = `设备名称,所属客户,保修到期,设备状态\n铣床,星河电子有限公司,2027-01-31,运行\n磨床,${records[0]?.number},2027/3/1,停机\n钻床,没有这家公司,2027-05-01,运行\n`
  await drop(page, 'main > *', { name: '设备台账.csv', type: 'text/csv', bytes: Buffer.from(text) })
  await expect(page.getByRole('button', { name: '写入 3 行' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText('没有这家公司').first()).toBeVisible()
  await picture(page, 'object-import')
  await page.getByRole('button', { name: '写入 3 行' }).click()
  await expect(page.getByRole('heading', { name: '导入回执' })).toBeVisible({ timeout: 60_000 })
  await page.goto(`${product.address}/sheBei`)
  for (const name of ['数控车床', '铣床', '磨床']) await expect(page.getByRole('gridcell', { name, exact: true })).toBeVisible()
  await expect(page.getByRole('gridcell', { name: '云帆贸易有限公司' })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'object-sheet')
})

test('search finds it by name, sound and number', async ({ page }) => {
  await page.goto(`${product.address}/customers`)
  await expect(page.getByRole('grid')).toBeVisible()
  const box = page.getByRole('combobox', { name: '全局搜索' })
  for (const q of ['skcc', 'SB001']) {
    await page.keyboard.press('Control+k')
    await expect(box).toBeFocused()
    await page.keyboard.type(q)
    await expect(page.getByRole('option', { name: /数控车床/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(box).toBeHidden()
  }
})

test('it is called otherwise, moved, retired and brought back; what points to it keeps it', async ({ page }) => {
  await toObjects(page)
  await page.getByRole('button', { name: '“设备”的操作' }).click()
  await page.getByRole('menuitem', { name: '上移' }).click()
  await expect(page.getByText('“设备”现在排第 2')).toBeAttached()
  await page.getByRole('button', { name: '设备', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '名称', exact: true }).fill('机器设备')
  await dialog.getByRole('button', { name: '添加分组' }).click()
  await dialog.getByRole('textbox', { name: '分组 3' }).fill('维保')
  await expectAccessible(page)
  await picture(page, 'object-edit')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(rail(page, '机器设备')).toBeVisible()

  await send(page, 'post', '/objects/customers/fields', { label: '主要设备', type: 'reference', target: 'sheBei', name: 'mainMachine' })
  const retire = async () => {
    await page.getByRole('button', { name: '“机器设备”的操作' }).click()
    await page.getByRole('menuitem', { name: '停用' }).click()
    await dialog.getByRole('button', { name: '停用' }).click()
  }
  await retire()
  await expect(dialog.getByText(/还有字段关联到“机器设备”：客户 · 主要设备/)).toBeVisible()
  await picture(page, 'object-in-use')
  await dialog.getByRole('button', { name: '取消' }).click()
  await send(page, 'delete', '/objects/customers/fields/mainMachine')
  await retire()
  await expect(page.getByText('已停用“机器设备”')).toBeVisible()
  await expect(rail(page, '机器设备')).toHaveCount(0)
  await page.getByText('已停用的对象（1）').click()
  await expectAccessible(page)
  await page.getByRole('button', { name: '恢复' }).click()
  await expect(rail(page, '机器设备')).toBeVisible()
  await page.goto(`${product.address}/sheBei`)
  await expect(page.getByRole('gridcell', { name: '数控车床', exact: true })).toBeVisible()
})

test('on a phone one comes to it under 我的: cards, page and the settings', async ({ page }) => {
  await page.setViewportSize(phone)
  await page.goto(`${product.address}/me`)
  await page.getByRole('link', { name: '联系人' }).first().click()
  await page.goto(`${product.address}/sheBei`)
  await expect(page.getByRole('link', { name: /数控车床/ })).toBeVisible()
  await expectNoSideways(page)
  await picture(page, 'object-cards-phone')
  await page.getByRole('link', { name: /数控车床/ }).click()
  await expect(page.getByRole('heading', { name: '数控车床' })).toBeVisible()
  await picture(page, 'object-page-phone')
  await toObjects(page)
  await page.getByRole('button', { name: '新建对象' }).click()
  await expect(page.getByRole('dialog').getByRole('combobox', { name: '销售专员' })).toBeVisible()
  await expectNoSideways(page)
  await expectAccessible(page)
  await expectThumbs(page)
  await picture(page, 'object-new-phone')
})

test('it looks right by day and at night, large and small, in both languages', async ({ page }) => {
  await toObjects(page)
  for (const look of looks) {
    await dress(page, look)
    await expect(page.locator('[data-object=sheBei]')).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    await picture(page, `objects-${look.name}`)
  }
})
