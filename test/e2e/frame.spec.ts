import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideways, expectThumbs, phone, screen, signIn } from './look.ts'
import { boss, startProduct, type Product } from './server.ts'

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const places = ['/customers', '/settings', '/settings/members', '/settings/roles', '/settings/keys', '/settings/password', '/settings/about', '/me']

for (const scheme of ['light', 'dark'] as const) {
  test(`every place of the frame is clear of faults in ${scheme}, on a screen and on a phone`, async ({ page }) => {
    test.setTimeout(240_000)
    await page.emulateMedia({ colorScheme: scheme })
    for (const size of [screen, phone]) {
      await page.setViewportSize(size)
      for (const place of places) {
        await page.goto(product.address + place)
        await expect(page.getByRole('main')).toBeVisible()
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        await expectNoSideways(page)
        if (size === phone) await expectThumbs(page)
      }
    }
  })
}

test('the search opens from anywhere, is moved by arrows, and Esc gives the focus back', async ({ page }) => {
  const added = await addCustomer(page, '北京字节科技有限公司')
  await page.getByRole('link', { name: '设置' }).first().focus()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: '全局搜索' })
  await expect(box).toBeFocused()
  await expectAccessible(page)
  await page.keyboard.type('字节')
  await expect(page.getByRole('option', { name: /北京字节科技/ })).toBeVisible()
  await expect(page.locator('mark').first()).toHaveText('字节')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(box).toBeHidden()
  await expect(page.getByRole('link', { name: '设置' }).first()).toBeFocused()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('bjzj')
  await expect(page.getByRole('option', { name: /北京字节科技/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/customers/${added}`))
  await page.keyboard.press('Control+k')
  await expect(page.getByText('最近打开')).toBeVisible()
})

test('keys lead from place to place and ? lists them', async ({ page }) => {
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/settings$/)
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await expect(page).toHaveURL(/\/customers/)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: '键盘快捷键' })).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('language and appearance change at once and are remembered', async ({ page }) => {
  await page.goto(`${product.address}/settings/look`)
  const main = page.getByRole('main')
  await main.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Language and appearance' })).toBeVisible()
  await main.getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.waitForLoadState('networkidle')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Language and appearance' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expectAccessible(page)
  await main.getByText('中文', { exact: true }).click()
  await main.getByText('跟随系统', { exact: true }).click()
  await page.waitForLoadState('networkidle')
})

test('the rail folds to icons, stays folded and can be opened again', async ({ page }) => {
  const rail = page.getByRole('navigation', { name: '主导航' }).first()
  await rail.hover()
  await rail.getByRole('button', { name: '收起侧栏' }).click()
  await expect(rail).toHaveCSS('width', '52px')
  await page.waitForTimeout(900)
  await page.reload()
  await expect(rail).toHaveCSS('width', '52px')
  await expectAccessible(page)
  await rail.getByRole('button', { name: '展开侧栏' }).click()
  await expect(rail).toHaveCSS('width', '208px')
  await page.waitForTimeout(900)
})

test('a colleague is added, signs in, and is locked out', async ({ page, browser }) => {
  await page.goto(`${product.address}/settings/members`)
  await page.getByRole('button', { name: '添加成员' }).click()
  await expectAccessible(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '添加成员' }).click()
  await expect(dialog.getByText('请填写姓名')).toBeVisible()
  await dialog.locator('[name=name]').fill('韩梅梅')
  await dialog.locator('[name=login]').fill('hanmeimei')
  await dialog.locator('[name=password]').fill('meimei-2026')
  await dialog.getByRole('button', { name: '添加成员' }).click()
  await expect(page.getByRole('row', { name: /韩梅梅/ })).toBeVisible()

  const colleague = await (await browser.newContext()).newPage()
  await signIn(colleague, product.address, { login: 'hanmeimei', password: 'meimei-2026' })
  await page.getByRole('row', { name: /韩梅梅/ }).getByRole('button', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await expect(page.getByRole('row', { name: /韩梅梅/ })).toContainText('已停用')
  // She is told at once, without touching anything.
  await expect(colleague.getByRole('heading', { name: '登录已过期' })).toBeVisible()
})

test('a key is shown once and can be ended', async ({ page }) => {
  await page.goto(`${product.address}/settings/keys`)
  await page.getByRole('button', { name: '新建密钥' }).click()
  await page.locator('[name=name]').fill('官网表单')
  await page.getByRole('dialog').getByRole('button', { name: '新建密钥' }).click()
  const key = await page.getByRole('dialog').locator('code').innerText()
  const asProgram = await page.request.get(`${product.address}/api/v1/objects`, { headers: { authorization: `Bearer ${key}`, cookie: '' } })
  expect(asProgram.ok()).toBe(true)
  await page.getByRole('dialog').locator('footer, button').getByText('关闭', { exact: true }).last().click()
  await page.getByRole('row', { name: /官网表单/ }).getByRole('button', { name: '吊销' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '吊销' }).click()
  await expect(page.getByRole('row', { name: /官网表单/ })).toBeHidden()
})

test('an address that does not exist says so and leads back', async ({ page }) => {
  await page.goto(`${product.address}/nonsense/deeper/still`)
  await expect(page.getByText('没有这个页面')).toBeVisible()
  await page.getByRole('button', { name: '回到首页' }).click()
  await expect(page).toHaveURL(/\/customers/)
})

test('while the server is away a line says so, and what is open stays; when it is back, work goes on', async ({ page }) => {
  await page.goto(`${product.address}/settings/about`)
  await expect(page.getByText('Asia/Shanghai')).toBeVisible()
  product.pull()
  await page.getByRole('link', { name: '成员', exact: true }).click()
  await expect(page.getByText('连不上服务器，正在重试')).toBeVisible()
  await expectAccessible(page)
  await product.again()
  await expect(page.getByText('连不上服务器，正在重试')).toBeHidden({ timeout: 20_000 })
  await expect(page.getByRole('row', { name: new RegExp(boss.login) })).toBeVisible()
})

async function addCustomer(page: Page, name: string): Promise<string> {
  const answer = await page.request.post(`${product.address}/api/v1/customers`, {
    headers: { 'idempotency-key': crypto.randomUUID(), origin: product.address }, data: { values: { name, phone: '13800138000' } },
  })
  expect(answer.status(), await answer.text()).toBe(201)
  const record: { id: string } = await answer.json()
  return record.id
}
