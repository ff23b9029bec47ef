import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { dress, expectAccessible, expectNoSideways, looks, picture, send, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** What a field becomes later in its life, and what everybody can read about it. */
test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const act = async (page: Page, name: string, label: string, item: string) => {
  await page.goto(`${product.address}/settings/fields`)
  const line = page.locator(`[data-shaped="${name}"]`)
  await line.getByRole('button', { name: `“${label}”的操作` }).click()
  await page.getByRole('menuitem', { name: item }).click()
  return page.getByRole('dialog')
}
const choose = async (page: Page, label: string, option: string | RegExp) => {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

test('two options that mean one are merged, and the records follow', async ({ page }) => {
  await send(page, 'post', '/objects/customers/fields', { label: '来源渠道', type: 'choice', name: 'channel', options: [{ label: '展会', definition: '线下展会上认识的' }, { label: '行业展会' }, { label: '电话' }] })
  await send(page, 'post', '/objects/customers/fields', { label: '预算', type: 'text', name: 'budget', help: '对方说的大概数字' })
  await send(page, 'post', '/customers', { values: { name: '星河电子有限公司', phone: '13800138000', channel: '行业展会', budget: '12万' } })
  await send(page, 'post', '/customers', { values: { name: '云帆贸易有限公司', phone: '13800138001', channel: '展会', budget: '面议' } })
  const dialog = await act(page, 'channel', '来源渠道', '合并选项')
  await choose(page, '不再要的选项', '行业展会')
  await choose(page, '合并到', '展会')
  await expect(dialog.getByText('所有“行业展会”的记录都改为“展会”')).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'field-merge')
  await dialog.getByRole('button', { name: '合并', exact: true }).click()
  await expect(page.getByText('已把“行业展会”合并到“展会”，改了 1 条记录')).toBeVisible()
  await page.goto(`${product.address}/customers?filter=${encodeURIComponent(JSON.stringify({ field: 'channel', op: 'eq', value: '展会' }))}`)
  await expect(page.getByRole('gridcell', { name: /有限公司/ })).toHaveCount(2)
})

test('a type is changed after one has seen what would be lost, and the values of before can be brought back', async ({ page }) => {
  const dialog = await act(page, 'budget', '预算', '改类型')
  await choose(page, '从“单行文字”改为', /金额/)
  await expect(dialog.getByText('2 条记录有值，其中 1 个改不成“金额”，会变成空：')).toBeVisible()
  await expect(dialog.getByText('面议')).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'field-retype')
  await dialog.getByRole('button', { name: '改类型，舍弃 1 个值' }).click()
  await expect(page.getByText('“预算”现在是“金额”')).toBeVisible()
  await page.getByText('已停用的字段（1）').click()
  await expect(page.getByText('预算（改类型前）')).toBeVisible()
  await page.getByRole('button', { name: '恢复' }).click()
  await expect(page.getByText('已恢复“预算（改类型前）”，原来的值都在')).toBeVisible()
})

for (const look of looks) {
  test(`the dictionary tells what each field means, and leaves as a file: ${look.name}`, async ({ page }) => {
    await dress(page, look)
    await page.goto(`${product.address}/settings/dictionary`)
    await expect(page.getByText('线下展会上认识的')).toBeVisible()
    await expect(page.getByText('对方说的大概数字').first()).toBeVisible()
    await expectNoSideways(page)
    await expectAccessible(page)
    await picture(page, `dictionary-${look.name}`)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /xlsx/ }).click()])
    expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK')
  })
}
