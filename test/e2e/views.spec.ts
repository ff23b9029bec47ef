import { expect, test, type Browser, type Page } from '@playwright/test'
import { dress, expectAccessible, expectNoSideways, expectThumbs, looks, phone, picture, screen, send, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** A sales team looks at the same customers in its own ways: saved views, a board, a calendar, cards. */
test.describe.configure({ mode: 'serial' })

let product: Product
const seller = { login: 'hanmeimei', password: 'xinghe-2027!' }
const reader = { login: 'laowang', password: 'xinghe-2027!' }
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const tab = (page: Page, name: string) => page.getByRole('navigation', { name: '视图' }).getByRole('link', { name })
const lane = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const card = (page: Page, name: string) => page.locator('article', { hasText: name })
const as = async (browser: Browser, who: typeof seller) => {
  const context = await browser.newContext({ viewport: screen, locale: 'zh-CN', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, product.address, who)
  return page
}
const day = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
/** A day of this month that is not today. */
const other = () => (day(0).slice(8) < '15' ? `${day(0).slice(0, 8)}20` : `${day(0).slice(0, 8)}05`)

test('a view is saved from what is on the screen; a colleague opens its address and sees the same, a private one nobody else', async ({ page, browser }) => {
  const names = ['星河电子有限公司', '云帆贸易有限公司', '海棠印务有限公司', '青竹设计工作室', '北辰物流有限公司']
  for (const [i, name] of names.entries()) await send(page, 'post', '/customers', { values: { name, phone: `1380013800${i}`, level: i < 2 ? '重点客户' : '普通客户', lifecycle: i === 4 ? '成交客户' : i === 3 ? '意向客户' : '潜在客户', totalAmount: String((i + 1) * 12000), nextFollowUpAt: day(i === 0 ? 0 : 40) } })
  await send(page, 'post', '/users', { login: seller.login, name: '韩梅梅', roles: ['系统管理员'], password: seller.password })
  await send(page, 'post', '/users', { login: reader.login, name: '老王', roles: ['管理层'], password: reader.password })

  const filter = encodeURIComponent(JSON.stringify({ field: 'level', op: 'eq', value: '重点客户' }))
  await page.goto(`${product.address}/customers?filter=${filter}&sort=-totalAmount`)
  await page.getByRole('button', { name: '存为视图' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '视图名称' }).fill('重点客户')
  await dialog.getByRole('combobox', { name: '给谁看' }).click()
  await page.getByRole('option', { name: '所有人' }).click()
  await expectAccessible(page)
  await picture(page, 'view-new')
  await dialog.getByRole('button', { name: '建立视图' }).click()
  await expect(tab(page, '重点客户')).toHaveAttribute('aria-current', 'page')
  await expect(page.getByText('2 条', { exact: true })).toBeVisible()
  expect(new URL(page.url()).searchParams.has('filter')).toBe(false)

  const colleague = await as(browser, seller)
  await colleague.goto(page.url())
  await expect(tab(colleague, '重点客户')).toHaveAttribute('aria-current', 'page')
  await expect(colleague.getByRole('button', { name: '客户等级 是 重点客户', exact: true })).toBeVisible()
  await expect(colleague.getByText('2 条', { exact: true })).toBeVisible()

  // What differs stands in the address and is said; it is put back, or saved, for the colleague too.
  await page.goto(`${page.url()}&sort=name`)
  await expect(page.getByRole('group', { name: '已改动' })).toBeVisible()
  await picture(page, 'view-changed')
  await page.getByRole('button', { name: '还原' }).click()
  await expect(page.getByRole('group', { name: '已改动' })).toBeHidden()
  await page.getByRole('button', { name: '去掉条件：客户等级 是 重点客户' }).click()
  await expect(page.getByText('5 条', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await expect(page.getByText('已保存视图“重点客户”')).toBeVisible()
  await expect(colleague.getByText('5 条', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect(colleague.getByText('2 条', { exact: true })).toBeVisible()

  const mine = await send(page, 'post', '/objects/customers/views', { name: '老板自己看', settings: { q: '星河' } }) as { id: string }
  await page.goto(`${product.address}/customers?view=${mine.id}`)
  await expect(page.getByText('1 条', { exact: true })).toBeVisible()
  await colleague.goto(page.url())
  await expect(colleague.getByText('这个视图已经不在，或者没有给你看')).toBeVisible()
  await expect(colleague.getByText('5 条', { exact: true })).toBeVisible()
  await expect(colleague.getByText('老板自己看')).toBeHidden()
  await page.getByRole('button', { name: '视图“老板自己看”的操作' }).click()
  await page.getByRole('menuitem', { name: '删除' }).click()
  await page.getByRole('button', { name: '撤销', exact: true }).last().click()
  await page.getByRole('button', { name: /其他视图/ }).click()
  await expect(page.getByRole('menuitem', { name: '老板自己看' })).toBeVisible()
  await picture(page, 'view-more')
  await colleague.context().close()
})

test('a card is carried to another column by mouse and by keys: an ordinary change in the history, with a way back', async ({ page, browser }) => {
  await page.goto(`${product.address}/customers?view=all&kind=board&by=lifecycle`)
  await expect(lane(page, '潜在客户').locator('article')).toHaveCount(3)
  await expect(lane(page, '成交客户').locator('header').first()).toContainText('60,000')
  await expectAccessible(page)
  await picture(page, 'board')

  const from = await card(page, '星河电子').boundingBox()
  const to = await lane(page, '意向客户').boundingBox()
  if (!from || !to) throw new Error('no board')
  await page.mouse.move(from.x + 40, from.y + 50)
  await page.mouse.down()
  await page.mouse.move(to.x + 60, to.y + 120, { steps: 8 })
  await picture(page, 'board-carried')
  await page.mouse.up()
  await expect(lane(page, '意向客户').locator('article')).toHaveCount(2)
  await expect(page.getByText('“星河电子有限公司”已移到意向客户')).toBeVisible()
  const { records } = await send(page, 'post', '/customers/query', { q: '星河' }) as { records: { id: string; lifecycle: string }[] }
  expect(records[0]?.lifecycle).toBe('意向客户')
  const { entries } = await send(page, 'get', `/customers/${records[0]?.id}/history`) as { entries: { changes: object[] }[] }
  expect(entries[0]?.changes).toEqual([{ field: 'lifecycle', before: '潜在客户', after: '意向客户' }])
  await page.getByRole('button', { name: '撤销', exact: true }).click()
  await expect(lane(page, '潜在客户').locator('article')).toHaveCount(3)
  // Each column asks for itself: for a moment the card may stand in both.
  await expect(card(page, '星河电子')).toHaveCount(1)

  await card(page, '星河电子').getByRole('button', { name: '星河电子有限公司', exact: true }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('将移到：意向客户')).toBeAttached()
  await page.keyboard.press('Escape')
  await expect(lane(page, '潜在客户').locator('article')).toHaveCount(3)
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await expect(lane(page, '意向客户').locator('article')).toHaveCount(2)
  await expect(lane(page, '潜在客户').locator('article')).toHaveCount(2)

  // Who may only read carries nothing.
  const other = await as(browser, reader)
  await other.goto(page.url())
  await expect(lane(other, '意向客户').locator('article')).toHaveCount(2)
  await expect(other.getByRole('button', { name: /移到/ })).toHaveCount(0)
  await other.context().close()
})

test('a record is carried to another day of the calendar, and cards show the fields of the view', async ({ page }) => {
  await page.goto(`${product.address}/customers?view=all&kind=calendar&by=nextFollowUpAt`)
  const record = page.getByRole('button', { name: /星河电子/ })
  await expect(record).toBeVisible()
  await expectAccessible(page)
  const target = page.locator(`[data-place="${other()}"]`)
  const [from, to] = [await record.boundingBox(), await target.boundingBox()]
  if (!from || !to) throw new Error('no calendar')
  await page.mouse.move(from.x + 20, from.y + 8)
  await page.mouse.down()
  await page.mouse.move(to.x + 40, to.y + 50, { steps: 8 })
  await page.mouse.up()
  await expect(target.getByRole('button', { name: /星河电子/ })).toBeVisible()
  await expect(page.getByText(`“星河电子有限公司”已移到${other()}`)).toBeVisible()
  await picture(page, 'calendar')
  const { records } = await send(page, 'post', '/customers/query', { q: '星河' }) as { records: { nextFollowUpAt: string }[] }
  expect(records[0]?.nextFollowUpAt).toBe(other())
  await page.getByRole('button', { name: '周', exact: true }).click()
  await picture(page, 'calendar-week')

  await page.goto(`${product.address}/customers?view=all&kind=gallery`)
  await expect(page.getByRole('list', { name: '客户' }).locator('article')).toHaveCount(5)
  await expectAccessible(page)
  await picture(page, 'gallery')
  await card(page, '云帆贸易').click()
  await expect(page.getByRole('dialog', { name: /客户/ })).toBeVisible()
})

for (const look of looks) {
  test(`nothing is wider than the screen and everything is found: ${look.name}`, async ({ page }) => {
    await page.goto(`${product.address}/customers?view=all`)
    await dress(page, look)
    for (const kind of ['sheet', 'board', 'calendar', 'gallery']) {
      await page.goto(`${product.address}/customers?view=all&kind=${kind}`)
      await expect(page.getByText(/云帆贸易|星河电子/).first()).toBeVisible()
      await expectNoSideways(page)
      await expectAccessible(page)
      if (look.size === phone) await expectThumbs(page)
      await picture(page, `views-${kind}-${look.name}`)
    }
  })
}
