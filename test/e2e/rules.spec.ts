import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideways, phone, picture, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** Rules across fields: written in the settings in the words of a filter, kept by form, page and quick add alike. */
test.describe.configure({ mode: 'serial' })
test.use({ actionTimeout: 8000 })

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const edit = async (page: Page, name: string) => {
  await page.goto(`${product.address}/settings/fields`)
  const line = page.locator(`[data-shaped="${name}"]`)
  await line.getByRole('button').first().click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: '字段名称' })).toBeVisible()
}

test('one way to reach a customer is enough, none is refused with the rule in words, and quick add asks for it', async ({ page }) => {
  await edit(page, 'phone')
  const rule = page.getByRole('dialog').getByRole('group', { name: '只在这些情况下必填' })
  await rule.getByRole('button', { name: /至少填一项/ }).click()
  await expect(rule).toContainText('微信 为空')
  await expectAccessible(page)
  await picture(page, 'rule-required')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存“')).toBeVisible()

  await page.goto(`${product.address}/customers`)
  await page.getByRole('button', { name: '快速添加' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '客户名称' }).fill('没有联系方式的公司')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText(/在这种情况下必填：.*微信 为空/)).toBeVisible()
  await picture(page, 'rule-refused')
  await dialog.getByRole('textbox', { name: /电话|手机/ }).first().fill('13800138000')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/已新建 没有联系方式/)).toBeVisible()
})

test('a field appears where its condition holds, and is required only there', async ({ page }) => {
  await edit(page, 'shortName')
  const dialog = page.getByRole('dialog').first()
  await dialog.getByText('更多设置').click()
  await dialog.getByRole('group', { name: '只在这些情况下出现' }).getByRole('button', { name: '设条件' }).click()
  const condition = page.getByRole('dialog', { name: '只在这些情况下出现' })
  await condition.getByLabel('字段', { exact: true }).selectOption({ label: '主体类型' })
  await condition.getByLabel('值').click()
  await page.getByRole('option', { name: /^个人/ }).click()
  await page.keyboard.press('Tab')
  await picture(page, 'rule-visible')
  await condition.getByRole('button', { name: '应用' }).click()
  await dialog.getByRole('checkbox', { name: '必填' }).check()
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存“')).toBeVisible()

  await page.goto(`${product.address}/customers`)
  await page.getByRole('button', { name: '快速添加' }).click()
  await page.getByRole('button', { name: '填写完整表单' }).click()
  const form = page.getByRole('dialog')
  await expect(form.getByRole('textbox', { name: '客户名称' })).toBeVisible()
  await expect(form.locator('[data-field="shortName"]')).toBeHidden()
  await form.locator('[data-field="kind"] input').first().click()
  await page.getByRole('option', { name: /^个人/ }).click()
  await expect(form.locator('[data-field="shortName"]')).toBeVisible()
  await form.getByRole('textbox', { name: '客户名称' }).fill('有简称的公司')
  await form.locator('[data-field="phone"] input').fill('13800138001')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.getByText('必填，请填写')).toBeVisible()
  await form.locator('[data-field="shortName"] input').fill('简称')
  await form.getByRole('button', { name: '保存' }).click()
  await expect(form.locator('[data-field="kind"]')).toBeHidden()
  await expect(page.getByText('有简称的公司').first()).toBeVisible()
})

test('the numbers of customers are made as the company writes them down, with the next three in sight', async ({ page }) => {
  await edit(page, 'number')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: /每年从 1 数/ }).click()
  const year = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric' }).format()
  await dialog.getByLabel('前缀').fill('KH-')
  await expect(dialog.getByText(`KH-${year}-003`)).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'numbers')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(page.getByText('已保存“')).toBeVisible()
  await page.goto(`${product.address}/customers`)
  await page.getByRole('button', { name: '快速添加' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: '客户名称' }).fill('新编号的公司')
  await page.getByRole('dialog').getByRole('textbox', { name: '电话' }).fill('13800138009')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('gridcell', { name: `KH-${year}-001` })).toBeVisible()
})

test('on a phone the form follows its rules as well', async ({ page }) => {
  await page.setViewportSize(phone)
  for (const name of ['shortName', 'number']) {
    await edit(page, name)
    await expectNoSideways(page)
    await picture(page, `rule-phone-${name}`)
  }
})
