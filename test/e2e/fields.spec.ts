import { expect, test, type Page } from '@playwright/test'
import { dress, expectAccessible, expectNoSideways, expectThumbs, looks, phone, picture, send, signIn } from './look.ts'
import { startProduct, type Product } from './server.ts'

/** A sales manager makes the product fit the company: from the sheet's header and from the settings, while others work. */
test.describe.configure({ mode: 'serial' })

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const shaped = async (page: Page, label: string) => {
  const { fields } = await send(page, 'get', '/objects/customers/fields') as { fields: { name: string; version: number; label: Record<string, string>; options?: { label: string }[] }[] }
  return fields.find(field => field.label['zh-CN'] === label)
}
const toSheet = async (page: Page) => {
  await page.goto(`${product.address}/customers`)
  await expect(page.getByRole('grid')).toBeVisible()
}
const head = (page: Page, label: string) => page.getByRole('columnheader', { name: label })
const fromHeader = async (page: Page, column: string, item: string) => {
  await head(page, column).click({ button: 'right' })
  await page.getByRole('menuitem', { name: item }).click()
  await expect(page.getByRole('dialog').getByRole('textbox', { name: '字段名称' })).toBeVisible()
}
const toFields = async (page: Page) => {
  await page.goto(`${product.address}/settings/fields`)
  await expect(line(page, 'name')).toBeVisible()
}
const line = (page: Page, name: string) => page.locator(`[data-shaped="${name}"]`)

test('a choice is added beside a column, with a hint for a poor name and options typed one after the other; others see it at once', async ({ page, browser }) => {
  for (const name of ['星河电子有限公司', '云帆贸易有限公司']) await send(page, 'post', '/customers', { values: { name, phone: '13800138000', email: name.startsWith('星河') ? 'xinghe@example.com' : null } })
  const context = await browser.newContext()
  const other = await context.newPage()
  await signIn(other, product.address)
  for (const each of [page, other]) await toSheet(each)
  // Somebody is in the middle of a cell while the column comes.
  await other.getByRole('gridcell', { name: 'xinghe@example.com' }).click()
  await other.keyboard.type('caigou@')

  await fromHeader(page, '客户名称', '在右侧添加字段')
  const dialog = page.getByRole('dialog')
  await page.keyboard.type('字段1')
  await dialog.getByRole('combobox', { name: '类型' }).click()
  await page.getByRole('option', { name: /单选/ }).click()
  await expect(dialog.getByText('这个名称看不出填什么')).toBeVisible()
  await dialog.getByRole('textbox', { name: '字段名称' }).fill('客户来源')
  await expect(dialog.getByText('已经有叫“客户来源”的字段')).toBeVisible()
  await dialog.getByRole('textbox', { name: '字段名称' }).fill('客户来源渠道')
  await expect(dialog.getByText('已经有叫')).toBeHidden()
  await dialog.getByRole('textbox', { name: '选项 1' }).click()
  await page.keyboard.type('展会')
  await page.keyboard.press('Enter')
  await page.keyboard.type('官网')
  await page.keyboard.press('Enter')
  await page.keyboard.type('朋友推荐')
  await dialog.getByRole('button', { name: '“官网”的颜色和含义' }).click()
  await dialog.getByRole('radio', { name: '橙' }).check()
  await dialog.getByRole('textbox', { name: '含义' }).fill('在官网留言的')
  await expectAccessible(page)
  await picture(page, 'field-new')
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(page.getByText('已添加字段“客户来源渠道”')).toBeVisible()
  // The column stands where it was asked for, here and in the other browser, without a reload.
  for (const each of [page, other]) {
    await expect(head(each, '客户来源渠道')).toBeVisible()
    const labels = await each.getByRole('columnheader').allInnerTexts()
    expect(labels.findIndex(label => label.includes('客户来源渠道'))).toBe(labels.findIndex(label => label.includes('客户名称')) + 1)
  }

  await other.keyboard.type('example.com')
  await other.keyboard.press('Enter')
  for (const each of [page, other]) await expect(each.getByRole('gridcell', { name: 'caigou@example.com' })).toBeVisible()

  // The active cell is the new one: a word is typed into it.
  await page.keyboard.type('展会')
  await page.keyboard.press('Enter')
  for (const each of [page, other]) await expect(each.getByRole('gridcell', { name: '展会' })).toBeVisible()
  await picture(page, 'field-column')
  await context.close()
})

test('the list is filtered by it, and an option that is called otherwise shows its new word in the cells', async ({ page }) => {
  const field = await shaped(page, '客户来源渠道')
  const filter = encodeURIComponent(JSON.stringify({ field: field?.name, op: 'eq', value: '展会' }))
  await page.goto(`${product.address}/customers?filter=${filter}`)
  await expect(page.getByRole('button', { name: '客户来源渠道 是 展会', exact: true })).toBeVisible()
  await expect(page.getByText('1 条', { exact: true })).toBeVisible()
  await toSheet(page)
  await fromHeader(page, '客户来源渠道', '编辑字段')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '选项 1' }).fill('行业展会')
  await dialog.getByRole('textbox', { name: '字段说明' }).fill('第一次从哪里知道我们')
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('gridcell', { name: '行业展会' })).toBeVisible()
  // An option that a record has cannot go; it can rest.
  await fromHeader(page, '客户来源渠道', '编辑字段')
  await dialog.getByRole('button', { name: '移除 行业展会' }).click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByText(/还有 1 条记录是“行业展会”/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: '改为不再提供' }).click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: '撤销', exact: true }).last().click()
  await expect.poll(async () => (await shaped(page, '客户来源渠道'))?.options).toEqual(expect.arrayContaining([expect.not.objectContaining({ retired: true, label: '行业展会' })]))
})

test('two administrators change the same field: the later one sees what the first did, and loses nothing', async ({ page }) => {
  await toSheet(page)
  await fromHeader(page, '客户来源渠道', '编辑字段')
  const dialog = page.getByRole('dialog')
  const before = await shaped(page, '客户来源渠道')
  await dialog.getByRole('textbox', { name: '字段名称' }).fill('首次来源渠道')
  await send(page, 'patch', `/objects/customers/fields/${before?.name}`, { help: '签约前问清楚', required: true }, { 'if-match': String(before?.version) })
  await dialog.getByRole('button', { name: '保存' }).click()
  await expect(dialog.getByText('别人刚改过这个字段')).toBeVisible()
  await expect(dialog.getByText('字段说明：第一次从哪里知道我们 → 签约前问清楚')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: '字段名称' })).toHaveValue('首次来源渠道')
  await expectAccessible(page)
  await picture(page, 'field-conflict')
  await dialog.getByRole('button', { name: '把我的改动加上去保存' }).click()
  await expect(dialog).toBeHidden()
  await expect(head(page, '首次来源渠道')).toBeVisible()
  expect(await shaped(page, '首次来源渠道')).toMatchObject({ required: true, help: { 'zh-CN': '签约前问清楚' } })
  await send(page, 'patch', `/objects/customers/fields/${before?.name}`, { required: false })
})

test('a retired field leaves the sheet and the filter that asked for it, says so, and comes back with its values', async ({ page, browser }) => {
  const field = await shaped(page, '首次来源渠道')
  const context = await browser.newContext()
  const other = await context.newPage()
  await signIn(other, product.address)
  const filter = encodeURIComponent(JSON.stringify({ field: field?.name, op: 'eq', value: '行业展会' }))
  await other.goto(`${product.address}/customers?filter=${filter}&sort=${field?.name}`)
  await expect(other.getByRole('gridcell', { name: '行业展会' })).toBeVisible()

  await toSheet(page)
  await fromHeader(page, '首次来源渠道', '编辑字段')
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  const confirm = page.getByRole('dialog', { name: '停用字段“首次来源渠道”' })
  await expect(confirm.getByText(/保留 30 天/)).toBeVisible()
  await expectAccessible(page)
  await confirm.getByRole('button', { name: '停用' }).click()
  for (const each of [page, other]) await expect(head(each, '首次来源渠道')).toHaveCount(0)
  await expect(other.getByText('字段“首次来源渠道”已不在')).toBeVisible()
  await expect(other).not.toHaveURL(/filter|sort/)
  await expect(other.getByText('2 条', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: '撤销', exact: true }).click()
  for (const each of [page, other]) await expect(each.getByRole('gridcell', { name: '行业展会' })).toBeVisible()
  await context.close()
})

test('in the settings a field is found, moved by the keyboard, retired, and brought back from the end of the list', async ({ page }) => {
  await toFields(page)
  await page.getByRole('button', { name: '行业', exact: true }).focus()
  const before = await page.locator('[data-shaped]').evaluateAll(lines => lines.map(each => each.getAttribute('data-shaped')))
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(() => page.locator('[data-shaped]').evaluateAll(lines => lines.map(each => each.getAttribute('data-shaped')).indexOf('industry'))).toBe(before.indexOf('industry') - 1)
  await expect(page.getByRole('button', { name: '行业', exact: true })).toBeFocused()
  await expect(page.getByText(/“行业”现在是“分类”的第 \d 个/)).toBeAttached()
  await page.getByRole('searchbox', { name: '查找字段' }).fill('来源渠道')
  await expect(page.locator('[data-shaped]')).toHaveCount(1)
  await page.getByRole('button', { name: '“首次来源渠道”的操作' }).click()
  await page.getByRole('menuitem', { name: '停用' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '停用' }).click()
  await page.getByText('已停用的字段（1）').click()
  await expect(page.getByText(/前可以恢复/)).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: '恢复', exact: true }).click()
  await expect(page.getByText('已恢复“首次来源渠道”，原来的值都在')).toBeVisible()
  await toSheet(page)
  await expect(page.getByRole('gridcell', { name: '行业展会' })).toBeVisible()
})

test('pasted lines become options, and what the server refuses stands at its place', async ({ page }) => {
  await toFields(page)
  await page.getByRole('button', { name: '添加字段' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: '字段名称' }).fill('服务项目')
  await dialog.getByRole('combobox', { name: '类型' }).click()
  await page.getByRole('option', { name: /多选/ }).click()
  await dialog.getByRole('textbox', { name: '选项 1' }).evaluate(input => {
    const data = new DataTransfer()
    data.setData('text/plain', '安装\n维修，保养\n培训\n')
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  })
  await expect(dialog.getByRole('textbox', { name: /^选项/ })).toHaveCount(3)
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog.getByText(/不能有顿号、逗号/)).toBeVisible()
  await dialog.getByRole('button', { name: '维修/保养', exact: true }).click()
  await dialog.getByRole('button', { name: '添加字段' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('button', { name: '服务项目', exact: true })).toBeVisible()
})

test('whoever may not shape sees nothing of it', async ({ page, browser }) => {
  const { roles } = await send(page, 'get', '/roles') as { roles: { id: string; rights: string[] }[] }
  const role = roles.find(each => each.rights.length === 0)
  const made = await send(page, 'post', '/users', { name: '韩梅梅', login: 'hanmeimei', roles: [role?.id], password: 'xinghe-2027' })
  expect(made).toBeTruthy()
  const context = await browser.newContext()
  const colleague = await context.newPage()
  await signIn(colleague, product.address, { login: 'hanmeimei', password: 'xinghe-2027' })
  await toSheet(colleague)
  await head(colleague, '客户名称').click({ button: 'right' })
  await expect(colleague.getByRole('menuitem').first()).toBeVisible()
  await expect(colleague.getByRole('menuitem', { name: /字段/ })).toHaveCount(0)
  await colleague.goto(`${product.address}/settings/fields`)
  await expect(colleague.getByRole('link', { name: '字段', exact: true })).toHaveCount(0)
  await context.close()
})

test('on a phone and at night the list and the editor fit, and a thumb is enough', async ({ page }) => {
  await toFields(page)
  for (const look of looks) {
    await dress(page, look)
    await expect(line(page, 'name')).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    if (look.size === phone) await expectThumbs(page)
    await picture(page, `fields-${look.name}`)
    await page.getByRole('button', { name: '首次来源渠道', exact: true }).click()
    await expect(page.getByRole('dialog').locator('[name=label]')).toBeVisible()
    await page.getByRole('dialog').locator('[data-option] [aria-expanded]').first().click()
    await expectAccessible(page)
    await expectNoSideways(page)
    if (look.size === phone) await expectThumbs(page)
    await picture(page, `field-${look.name}`)
    await page.keyboard.press('Escape')
  }
  await dress(page, looks[0])
})
