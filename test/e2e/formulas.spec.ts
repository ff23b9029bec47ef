import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideways, phone, picture, send, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** Fields that fill themselves: a sales manager writes a formula, counts contacts and takes a customer's level over to its contacts. */
test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const toFields = async (page: Page) => {
  await page.goto(`${product.address}/settings/fields`)
  await expect(page.locator('[data-shaped="name"]')).toBeVisible()
}
const begin = async (page: Page, label: string, type: string) => {
  await page.getByRole('button', { name: '添加字段' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '字段名称' }).fill(label)
  await dialog.getByRole('combobox', { name: '类型' }).click()
  await page.getByRole('option', { name: new RegExp(`^${type}`) }).click()
  return dialog
}

test('a formula is typed with labels, told at the place what is wrong, tried on records, and there for everybody', async ({ page }) => {
  for (const [name, totalAmount, orderCount] of [['星河电子有限公司', '90000', 3], ['云帆贸易有限公司', '5000', 0], ['长风物流有限公司', '12000', 4]]) await send(page, 'post', '/customers', { values: { name, phone: '13800138000', totalAmount, orderCount } })
  await toFields(page)
  const dialog = await begin(page, '每单金额', '公式')
  const formula = dialog.getByRole('textbox', { name: '公式' })
  await formula.fill('{累计交易额} ÷ {购买次数}')
  await expect(dialog.getByText('没有叫“累计交易额”的字段')).toBeVisible()
  await expect(formula).toHaveAttribute('aria-invalid', 'true')
  await picture(page, 'formula-wrong')
  await dialog.getByRole('button', { name: '{累计交易金额}' }).click()
  await expect(formula).toHaveValue('{累计交易金额} ÷ {购买次数}')
  await expect(dialog.getByText('没有问题。结果是金额')).toBeVisible()
  await expect(dialog.getByText('¥30,000.00')).toBeVisible()
  await expect(dialog.getByRole('definition').filter({ hasText: '空' })).toBeVisible()
  await picture(page, 'formula')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('[data-shaped="meiDanJinE"]')).toContainText('公式 · 金额')

  await page.goto(`${product.address}/customers`)
  const cell = page.getByRole('gridcell', { name: '¥30,000.00' }).or(page.getByRole('gridcell', { name: '30,000.00' })).first()
  await expect(cell).toBeVisible()
  await cell.click()
  await expect(page.getByRole('textbox', { name: '每单金额' })).toHaveAttribute('readonly')
  await page.keyboard.type('5')
  await expect(cell).toHaveText('¥30,000.00')
})

test('functions and fields are picked from lists, and a circle is refused by name', async ({ page }) => {
  await toFields(page)
  const dialog = await begin(page, '客户分层', '公式')
  await dialog.getByRole('button', { name: '插入函数' }).click()
  await page.getByRole('searchbox', { name: '查找', exact: true }).fill('IF(')
  await picture(page, 'formula-functions')
  await page.keyboard.press('Enter')
  const formula = dialog.getByRole('textbox', { name: '公式' })
  await expect(formula).toHaveValue('IF()')
  await dialog.getByRole('button', { name: '插入字段' }).click()
  await page.getByRole('searchbox', { name: '查找', exact: true }).fill('每单')
  await page.keyboard.press('Enter')
  await expect(formula).toBeFocused()
  await page.keyboard.type(' > 10000，"大单"，"小单"')
  await expect(formula).toHaveValue('IF({每单金额} > 10000，"大单"，"小单")')
  await expect(dialog.getByText('大单', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog).toBeHidden()

  await page.getByRole('button', { name: '每单金额', exact: true }).click()
  await expect(formula).toHaveValue('{累计交易金额} ÷ {购买次数}')
  await formula.fill('LEN({客户分层})')
  await expect(dialog.getByText('会绕成一圈，算不出来：每单金额 → 客户分层 → 每单金额')).toBeVisible()
})

test('contacts are counted on their customer, and the customer is looked up by its contacts', async ({ page }) => {
  const { records } = await send(page, 'get', '/customers?sort=name') as { records: { id: string; name: string }[] }
  const customer = records.find(record => record.name === '星河电子有限公司')
  await send(page, 'patch', `/customers/${customer?.id}`, { values: { level: '重点客户' } })
  for (const name of ['张三', '李四']) await send(page, 'post', '/contacts', { values: { name, customer: { id: customer?.id }, mobile: '13900139000' } })
  await toFields(page)
  const dialog = await begin(page, '联系人数', '汇总')
  await dialog.getByRole('combobox', { name: '汇总谁' }).click()
  await page.getByRole('option', { name: /联系人/ }).first().click()
  await expect(dialog.getByRole('definition').filter({ hasText: '2' })).toBeVisible()
  await picture(page, 'rollup')
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(async () => (await send(page, 'get', `/customers/${customer?.id}`)).lianXiRenShu).toBe('2')

  await page.goto(`${product.address}/settings/fields?object=contacts`)
  await expect(page.locator('[data-shaped="mobile"]')).toBeVisible()
  const other = await begin(page, '客户级别', '引用')
  await other.getByRole('combobox', { name: '从哪里取' }).click()
  await page.getByRole('option', { name: /客户/ }).first().click()
  await other.getByRole('combobox', { name: '取哪个字段' }).click()
  await page.getByRole('option', { name: '客户等级' }).click()
  await expect(other.getByText('重点客户').first()).toBeVisible()
  await picture(page, 'lookup')
  await page.setViewportSize(phone)
  await expectNoSideways(page)
  await picture(page, 'lookup-phone')
  await other.getByRole('button', { name: '添加字段' }).click()
  await expect(other).toBeHidden()
})

test('a record is rated by a digit in the sheet, and by a click in its form', async ({ page }) => {
  await toFields(page)
  const dialog = await begin(page, '满意度', '评分')
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog).toBeHidden()
  await send(page, 'patch', '/objects/customers/fields/manYiDu', { after: 'name' })
  await page.goto(`${product.address}/customers`)
  await page.getByRole('gridcell', { name: '云帆贸易有限公司' }).click()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.type('4')
  await expect(page.getByRole('option', { name: '★★★★☆' })).toBeVisible()
  await picture(page, 'rating-sheet')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('gridcell', { name: '★★★★☆' })).toBeVisible()

  await page.getByRole('button', { name: '快速添加' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '填写完整表单' }).click()
  const stars = page.getByRole('radiogroup', { name: '满意度' })
  await stars.getByRole('radio', { name: /^2 星/ }).click({ force: true })
  await page.keyboard.press('5')
  await expect(stars.getByRole('radio', { name: /^5 星/ })).toBeChecked()
  await picture(page, 'rating-form')
})
