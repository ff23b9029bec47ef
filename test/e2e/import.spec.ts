import { readFileSync } from 'node:fs'
import path from 'node:path'
import { read, utils } from '@e965/xlsx'
import { expect, test, type Page } from '@playwright/test'
import { expectAccessible, expectNoSideways, phone, signIn } from './look.ts'
import { boss, startProduct, type Product } from './server.ts'

let product: Product
test.beforeAll(async () => { product = await startProduct() })
test.afterAll(() => product.stop())
test.beforeEach(({ page }) => signIn(page, product.address))

const list = path.join(import.meta.dirname, '..', 'files', 'customers-5000-gbk.csv')
const bring = async (page: Page, file: string | { name: string; text: string }) => {
  await page.goto(`${product.address}/import`)
  const given = typeof file === 'string' ? file : { name: file.name, mimeType: 'text/csv', buffer: Buffer.from(file.text) }
  await page.setInputFiles('input[type=file]', given)
  await page.waitForURL(/\/import\/.+/)
}

test('a real list is understood, put right, written and taken back', async ({ page }) => {
  await bring(page, list)
  await expect(page.getByText('等待写入')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('button', { name: '写入 4,976 行' })).toBeVisible()
  await expectAccessible(page)

  // 39 rows have no name; each has its contact's for a proposal.
  await page.getByRole('button', { name: /必填/ }).click()
  await page.getByRole('button', { name: '采纳这 39 条建议' }).click()
  await expect(page.getByRole('button', { name: '写入 5,015 行' })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('combobox', { name: /老客户复购/ }).selectOption('转介绍')
  await expect(page.getByRole('combobox', { name: /老客户复购/ })).toHaveCount(0, { timeout: 60_000 })

  await page.getByRole('button', { name: '写入 5,015 行' }).click()
  // Whoever loads the page again finds it at work, and a line in the task tray.
  await expect(page.locator('[popovertarget=task-tray]')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: '导入回执' })).toBeVisible({ timeout: 100_000 })
  await expect(page.getByText('读取了 5,015 行，写入了 5,015 行')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: '查看客户' }).click()
  await expect(page.getByRole('grid')).toBeVisible()
  await expect(page.getByText('飞扬源邦教育咨询有限责任公司').or(page.getByText(/C00\d+/).first()).first()).toBeVisible()
})

test('a file that is dropped on the list comes in, and an undo takes it back', async ({ page }) => {
  await page.goto(`${product.address}/customers`)
  await expect(page.getByRole('main')).toBeVisible()
  await page.waitForLoadState('networkidle')
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['客户名称,电话\n落下的公司,13900001111\n'], '拖放.csv', { type: 'text/csv' }))
    return transfer
  })
  await page.dispatchEvent('main > *', 'dragover', { dataTransfer: data })
  await expect(page.getByText('松开即可导入')).toBeVisible()
  await page.dispatchEvent('main > *', 'drop', { dataTransfer: data })
  await page.getByRole('button', { name: '写入 1 行' }).click({ timeout: 60_000 })
  await page.getByRole('button', { name: '撤销这次导入' }).click({ timeout: 60_000 })
  await expect(page.getByText('已撤销：收回 1 条')).toBeVisible({ timeout: 60_000 })
})

test('an import at work is shown again after a reload, goes on after a power cut, and ends with exactly its rows', async ({ page }) => {
  const rows = 60_000
  const lines = Array.from({ length: rows }, (_, i) => `P${i},断电公司${i},137${String(10_000_000 + i)}`)
  await bring(page, { name: '断电.csv', text: `客户编号,客户名称,电话\n${lines.join('\n')}\n` })
  await page.getByRole('button', { name: '写入 60,000 行' }).click({ timeout: 100_000 })
  await isAtWork(page)
  await page.reload()
  await isAtWork(page)
  product.pull()
  await expect(page.getByText('连不上服务器')).toBeVisible()
  await product.again()
  await page.reload()
  await isAtWork(page)
  await page.locator('[popovertarget=task-tray]').click()
  await expect(page.getByRole('region', { name: '后台任务' }).getByText('导入 断电.csv')).toBeVisible()
  await expect(page.getByText('读取了 60,000 行，写入了 60,000 行')).toBeVisible({ timeout: 100_000 })
  const answer = await page.request.get(`${product.address}/api/v1/customers?filter=${encodeURIComponent(JSON.stringify({ field: 'number', op: 'startsWith', value: 'P' }))}&limit=1&total=exact`)
  expect((await answer.json() as { total: number }).total).toBe(rows)
})

async function isAtWork(page: Page) {
  await expect(page.getByRole('main').getByRole('progressbar', { name: '正在写入' })).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /正在写入，[1-9][\d,]* \/ 60,000 行/ })).toBeVisible()
  await expect(page.locator('[popovertarget=task-tray]')).toBeVisible()
}

test('a name of the file that is nobody here is given to a member', async ({ page }) => {
  const ask = (method: 'get' | 'post', path: string, data?: object) => page.request[method](`${product.address}/api/v1${path}`, { headers: { 'idempotency-key': crypto.randomUUID(), origin: product.address }, ...(data && { data }) })
  const { roles } = await (await ask('get', '/roles')).json() as { roles: { id: string }[] }
  expect((await ask('post', '/users', { name: '韩梅梅', login: 'hanmeimei', roles: [roles[0]?.id] })).ok()).toBe(true)
  await bring(page, { name: '负责人.csv', text: '客户名称,电话,负责人\n给韩梅梅的公司,13900005551,小韩\n没人管的公司,13900005552,老赵\n' })
  const note = page.getByRole('button', { name: /2 个名字不是本公司的成员：/ })
  await note.click({ timeout: 60_000 })
  const choice = page.getByRole('combobox', { name: '小韩 的客户归谁负责' })
  await choice.selectOption({ label: '韩梅梅' })
  await expect(choice).toHaveValue('hanmeimei')
  await expect(page.getByRole('button', { name: /1 个名字归你选的成员：小韩 1 行/ })).toBeVisible({ timeout: 60_000 })
  await expectAccessible(page)
  await page.getByRole('button', { name: '写入 2 行' }).click()
  await expect(page.getByRole('heading', { name: '导入回执' })).toBeVisible({ timeout: 60_000 })
  const owners = await Promise.all(['给韩梅梅的公司', '没人管的公司'].map(async name => (await (await ask('get', `/customers?q=${encodeURIComponent(name)}&total=none`)).json() as { records: { owner: { label: string } }[] }).records[0]?.owner.label))
  expect(owners).toEqual(['韩梅梅', boss.login])
})

test('on a phone the check fits the screen', async ({ page }) => {
  await page.setViewportSize(phone)
  await bring(page, { name: '小表.csv', text: '客户名称,电话\n甲公司,1385678\n,13900002222\n' })
  await expect(page.getByText('等待写入')).toBeVisible({ timeout: 60_000 })
  await page.getByRole('button', { name: /手机号要 11 位/ }).click()
  await expectNoSideways(page)
  await expectAccessible(page)
})

test('a workbook shows where its columns go, and a wrong one is put right by hand', async ({ page }) => {
  await bring(page, path.join(import.meta.dirname, '..', 'files', 'customers-5000-messy.xlsx'))
  await expect(page.getByRole('button', { name: '写入 5,000 行' })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByLabel('表头行')).toHaveValue('4')
  const landline = page.getByLabel('座机: 对应字段')
  await expect(landline).toHaveValue('contacts.phone')
  await expect(page.getByRole('row', { name: /座机/ })).toContainText('010-13586888')
  await landline.selectOption({ label: '不导入' })
  // The choice is seen at once, and what was found before stays in sight while it is tried again.
  await expect(landline).toHaveValue('')
  await expect(page.getByText(/正在按新的选择重新检查/)).toBeVisible()
  await expect(page.getByText(/正在按新的选择重新检查/)).toBeHidden({ timeout: 60_000 })
  await expect(page.getByRole('row', { name: /座机/ })).toContainText('你选的')
  await expect(page.getByRole('button', { name: '写入 5,000 行' })).toBeEnabled()
})

test('a locked file asks for its password, and a file that cannot be read says why', async ({ page }) => {
  await bring(page, path.join(import.meta.dirname, '..', 'files', 'odd', 'b41-password.xlsx'))
  await expect(page.getByLabel('文件密码', { exact: true })).toBeFocused({ timeout: 60_000 })
  await expect(page.getByText('文件有密码保护')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('文件密码', { exact: true }).fill('不是它')
  await page.getByRole('button', { name: '打开文件' }).click()
  await expect(page.getByText(/密码不对|密码不正确/)).toBeVisible({ timeout: 60_000 })
})

test('a filtered list is exported as a workbook, with a line in the tray and the file to take', async ({ page }) => {
  await bring(page, { name: '两家.csv', text: '客户名称,电话,行业\n出口一号公司,13900003333,制造业\n别的公司,13900004444,教育\n' })
  await page.getByRole('button', { name: '写入 2 行' }).click({ timeout: 60_000 })
  await expect(page.getByRole('heading', { name: '导入回执' })).toBeVisible({ timeout: 60_000 })
  const filter = JSON.stringify({ field: 'name', op: 'contains', value: '出口一号' })
  await page.goto(`${product.address}/customers?filter=${encodeURIComponent(filter)}`)
  await expect(page.getByRole('gridcell', { name: '出口一号公司' })).toBeVisible()
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: /xlsx/ }).click()
  const arrives = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载' }).first().click({ timeout: 60_000 })
  const file = await (await arrives).path()
  const book = read(readFileSync(file))
  const rows = utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1 })
  expect(rows[0]?.[0]).toBe('客户编号')
  expect(rows.length).toBe(2)
  expect(rows[1]).toContain('出口一号公司')
})
