import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSideways, expectThumbs, phone } from './look.ts'
import { startProduct, type Product } from './server.ts'

let product: Product
test.beforeAll(async () => { product = await startProduct({ isNew: true }) })
test.afterAll(() => product.stop())

test('the address of the console leads to a page that names everything left out at once', async ({ page }) => {
  await page.goto(`${product.address}/?token=${product.token}`)
  await expect(page.getByRole('heading', { name: '建立公司的客户簿' })).toBeVisible()
  // Whoever looks over the shoulder does not see the token in the address.
  expect(new URL(page.url()).search).toBe('')

  await page.click('button[type=submit]')
  await expect(page.getByText('请填写公司名称')).toBeVisible()
  await expect(page.getByText('请填写密码')).toBeVisible()
  await expect(page.getByLabel('公司名称')).toBeFocused()
  await expectAccessible(page)
})

test('two passwords that differ are not sent, a weak one is refused at its field', async ({ page }) => {
  await page.goto(`${product.address}/?token=${product.token}`)
  await fill(page, { again: 'something-else' })
  await expect(page.getByText('两次输入的密码不一样')).toBeVisible()
  await fill(page, { password: 'lilei', again: 'lilei' })
  await expect(page.getByLabel('密码', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('密码', { exact: true })).toBeFocused()
})

test('without the token of the console the page asks for it', async ({ page }) => {
  await page.goto(product.address)
  await page.getByLabel('启动口令').fill('not-the-token')
  await fill(page)
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByLabel('启动口令')).toBeVisible()
})

test('it fits a phone, in the dark and in English, and keeps what was typed when the language changes', async ({ page }) => {
  await page.setViewportSize(phone)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`${product.address}/?token=${product.token}`)
  await page.getByLabel('公司名称').fill('星河贸易')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Open your company’s ledger' })).toBeVisible()
  await expect(page.getByLabel('Company name')).toHaveValue('星河贸易')
  await expectNoSideways(page)
  await expectThumbs(page)
  await expectAccessible(page)
})

test('company and administrator are made, and the ledger opens', async ({ page }) => {
  await page.goto(`${product.address}/?token=${product.token}`)
  await fill(page)
  await expect(page.getByRole('link', { name: '客户' })).toBeVisible()
  await expect(page.getByTitle('星河贸易')).toBeVisible()
  await page.reload()
  await expect(page.getByTitle('星河贸易')).toBeVisible()
})

async function fill(page: import('@playwright/test').Page, other: Record<string, string> = {}) {
  const values = { company: '星河贸易', name: '李雷', login: 'lilei', password: 'xinghe-2026', again: 'xinghe-2026', ...other }
  for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value)
  await page.click('button[type=submit]')
}
