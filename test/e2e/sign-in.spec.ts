import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSideways, expectThumbs, phone, signIn } from './look.ts'
import { boss, startProduct, type Product } from './server.ts'

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())

test('a wrong password says that something is wrong, not what', async ({ page }) => {
  await page.goto(product.address)
  await page.fill('[name=login]', boss.login)
  await page.fill('[name=password]', 'not-it-at-all')
  await page.click('button[type=submit]')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.locator('[name=login]')).toHaveValue(boss.login)
})

test('the sign-in page is clear of faults in light and dark, and on a phone', async ({ page }) => {
  await page.goto(product.address)
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  await expectAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(phone)
  await expectAccessible(page)
  await expectNoSideways(page)
  await expectThumbs(page)
})

test('after signing in one is where the address led', async ({ page }) => {
  await page.goto(`${product.address}/settings/about`)
  await page.fill('[name=login]', boss.login)
  await page.fill('[name=password]', boss.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '关于客簿' })).toBeVisible()
})

test('when the session ends meanwhile, the password is asked and the typed text is still there', async ({ page, context }) => {
  await signIn(page, product.address)
  await page.goto(`${product.address}/settings/password`)
  await page.fill('[name=current]', 'half typed')
  await context.clearCookies()
  await page.fill('[name=next]', 'hongxing-2027')
  await page.fill('[name=again]', 'hongxing-2027')
  await page.getByRole('button', { name: '修改密码' }).click()
  await expect(page.getByRole('heading', { name: '登录已过期' })).toBeVisible()
  await page.locator('[name=password]').fill(boss.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.locator('[name=current]')).toHaveValue('half typed')
})

test('who signs out leaves nothing on the screen', async ({ page }) => {
  await signIn(page, product.address)
  await page.getByTitle(/的菜单/).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible()
  await page.goto(`${product.address}/customers`)
  await expect(page.locator('[name=login]')).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
})
