import { readFileSync } from 'node:fs'
import path from 'node:path'
import { read, utils } from '@e965/xlsx'
import { expect, test, type Page } from '@playwright/test'
import { dress, drop, expectAccessible, expectNoSideways, expectThumbs, looks, phone, picture, signIn } from './look.ts'
import { boss, startProduct, type Product } from './server.ts'

/** The way of a small company into the product: from the empty folder to its own list, found, changed and taken out again. */
test.describe.configure({ mode: 'serial', timeout: 240_000 })

const files = path.join(import.meta.dirname, '..', 'files')
const workbook = { name: 'customers-5000-messy.xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
const list = { name: 'customers-5000-gbk.csv', type: 'text/csv' }
const given = (file: typeof list) => ({ ...file, bytes: readFileSync(path.join(files, file.name)) })

let product: Product
test.beforeAll(async () => { product = await startProduct({ isNew: true }) })
test.afterAll(() => product.stop())

interface Found { records: Record<string, unknown>[]; total: number }
const ask = async (page: Page, q: string) => (await (await page.request.get(`${product.address}/api/v1/customers?q=${encodeURIComponent(q)}&total=exact`)).json()) as Found

test('the first page makes the company and its administrator, and an empty list says how to begin', async ({ page }) => {
  await page.goto(`${product.address}/?token=${product.token}`)
  await expect(page.getByRole('heading', { name: '建立公司的客户簿' })).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'first-run')
  for (const [name, value] of Object.entries({ company: '星河贸易', name: '李雷', login: boss.login, password: boss.password, again: boss.password })) await page.fill(`[name=${name}]`, value)
  await page.click('button[type=submit]')
  await expect(page.getByText('拖入一个 Excel 文件，或按 N 新建第一条')).toBeVisible()
  await expect(page.getByTitle('星河贸易')).toBeVisible()
  for (const look of looks) {
    await dress(page, look)
    await expect(page.getByText(look.lang === 'en' ? 'No customers yet' : '还没有客户')).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    if (look.size === phone) await expectThumbs(page)
    await picture(page, `empty-${look.name}`)
  }
  await dress(page, looks[0])
})

test('a messy workbook that is dropped on the list is understood, tried, and written in sight', async ({ page }) => {
  await signIn(page, product.address)
  await expect(page.getByText('还没有客户')).toBeVisible()
  await drop(page, 'main > *', given(workbook))
  await page.waitForURL(/\/import\/.+/)
  await expect(page.getByRole('button', { name: '写入 5,000 行' })).toBeVisible({ timeout: 100_000 })
  // Where the columns go, and the first rows as they will be.
  await expect(page.getByLabel('表头行')).toHaveValue('4')
  await expect(page.getByLabel('手机号: 对应字段')).toHaveValue('phone')
  await expect(page.getByRole('region', { name: '导入后的样子' }).getByRole('cell', { name: '广州东方新宇贸易有限公司' })).toBeVisible()
  // Nobody in the file is a member yet: one note, and the rows are fine.
  await expect(page.getByRole('button', { name: /个名字不是本公司的成员/ })).toContainText('5,000 行')
  await expect(page.locator('[data-of=doubtful] dd')).not.toHaveText('5,000')
  await page.getByRole('button', { name: /个名字不是本公司的成员/ }).click()
  await expect(page.getByText('公司里还没有别的成员')).toBeVisible()
  for (const look of looks) {
    await dress(page, look)
    await expect(page.getByRole('button', { name: look.lang === 'en' ? 'Write 5,000 rows' : '写入 5,000 行' })).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    if (look.size === phone) await expectThumbs(page)
    await picture(page, `check-${look.name}`)
  }
  await dress(page, looks[0])
  await commit(page, '写入 5,000 行', '读取了 5,000 行，写入了 5,000 行')
  expect((await ask(page, '')).total).toBe(5000)
  for (const look of looks) {
    await dress(page, look)
    await expect(page.getByRole('heading', { name: look.lang === 'en' ? 'Receipt' : '导入回执' })).toBeVisible()
    await expectAccessible(page)
    await picture(page, `receipt-${look.name}`)
  }
  await dress(page, looks[0])
})

test('a list from an old Excel comes in beside it, and its customers are shown alone', async ({ page }) => {
  await signIn(page, product.address)
  await expect(page.getByRole('grid')).toBeVisible()
  await drop(page, 'main > *', given(list))
  await page.waitForURL(/\/import\/.+/)
  await expect(page.getByRole('button', { name: '写入 4,976 行' })).toBeVisible({ timeout: 100_000 })
  await expect(page.getByLabel('编码')).toHaveValue('gb18030')
  await commit(page, '写入 4,976 行', '读取了 5,015 行，写入了 4,976 行')
  await page.getByRole('link', { name: '查看客户' }).click()
  await expect(page.getByRole('button', { name: '创建人 是 我', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: /^创建时间 介于/ })).toBeVisible()
  await expect(page.getByText('4,976 条')).toBeVisible()
  await expect(page.getByRole('gridcell', { name: /^KH0/ })).toHaveCount(0)
  await picture(page, 'imported')
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect(page.getByText('9,976 条')).toBeVisible()
})

async function commit(page: Page, button: string, outcome: string) {
  await page.getByRole('button', { name: button }).click()
  await expect(page.getByRole('status').filter({ hasText: /正在写入，[\d,]+ \/ [\d,]+ 行/ })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: '正在写入' })).toBeVisible()
  await expect(page.getByRole('button', { name: /项任务正在进行/ })).toBeVisible()
  await picture(page, `writing-${outcome.replace(/\D+/g, '-')}`)
  await expect(page.getByText(outcome)).toBeVisible({ timeout: 100_000 })
}

test('whoever knows a part of it finds it: name, pinyin, initials, the end of a phone number', async ({ page }) => {
  await signIn(page, product.address)
  const wanted = page.getByRole('gridcell', { name: '广州东方新宇贸易有限公司' })
  const box = page.getByRole('searchbox', { name: '在列表中查找' }).or(page.getByPlaceholder('在列表中查找')).first()
  for (const [how, text] of [['the middle of the name', '方新宇贸'], ['pinyin initials', 'gzdfxy'], ['full pinyin', 'guangzhoudongfangxinyu'], ['last four digits', '9173']] as const) {
    await test.step(how, async () => {
      await expect.poll(async () => (await ask(page, text)).records.length, { timeout: 60_000 }).toBeGreaterThan(0)
      const { total } = await ask(page, text)
      await box.fill(text)
      await expect(page.getByText(`${total.toLocaleString()} 条`, { exact: true })).toBeVisible()
      await expect(wanted.first()).toBeVisible()
      await picture(page, `search-${how.replaceAll(' ', '-')}`)
    })
  }
  expect((await ask(page, '方新宇贸')).total).toBeLessThan(100)
})

test('a cell is changed in the sheet, a field on the page with its history, and both are taken back', async ({ page }) => {
  await signIn(page, product.address)
  await page.goto(`${product.address}/customers?q=KH00000002`)
  await page.getByRole('gridcell', { name: 'user2@example2.com.cn' }).click()
  await page.keyboard.type('caigou@example2.com.cn')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('gridcell', { name: 'caigou@example2.com.cn' })).toBeVisible()
  await expect.poll(async () => (await ask(page, 'KH00000002')).records[0]?.['email']).toBe('caigou@example2.com.cn')
  await page.keyboard.press('Control+z')
  await expect.poll(async () => (await ask(page, 'KH00000002')).records[0]?.['email']).toBe('user2@example2.com.cn')
  await expect(page.getByRole('gridcell', { name: 'user2@example2.com.cn' })).toBeVisible()

  const { records: [record] } = await ask(page, 'KH00000002')
  await page.goto(`${product.address}/customers/${String(record?.['id'])}`)
  const industry = page.locator('article [data-field=industry]').first()
  const before = String(record?.['industry'])
  await expect(industry).toContainText(before)
  await industry.getByRole('button').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('外贸')
  await page.keyboard.press('Enter')
  await expect(industry).toContainText('外贸')
  const entry = page.getByRole('listitem').filter({ hasText: '修改了 1 项' }).first()
  await expect(entry).toContainText(before)
  await expect(page.getByText('导入').last()).toBeVisible()
  await expectAccessible(page)
  await picture(page, 'page')
  await page.getByRole('button', { name: '撤销', exact: true }).last().click()
  await expect(industry).toContainText(before)
  for (const look of looks) {
    await dress(page, look)
    await expect(page.getByRole('article')).toBeVisible()
    await expect(page.getByRole('heading', { name: '广州东方新宇贸易有限公司' })).toBeVisible()
    await expectAccessible(page)
    await expectNoSideways(page)
    if (look.size === phone) await expectThumbs(page)
    await picture(page, `page-${look.name}`)
  }
  await dress(page, looks[0])
})

test('what is listed leaves as a workbook and as CSV, and is found again after a reload', async ({ page }) => {
  await signIn(page, product.address)
  await page.goto(`${product.address}/customers?q=${encodeURIComponent('东方新宇')}`)
  await expect(page.getByRole('gridcell', { name: '广州东方新宇贸易有限公司' }).first()).toBeVisible()
  const { total } = await ask(page, '东方新宇')
  const headers = (await page.getByRole('columnheader').allInnerTexts()).map(text => text.split('\n')[0]?.trim() ?? '').filter(text => text !== '')
  for (const [kind, item] of [['xlsx', /xlsx/], ['csv', /CSV/]] as const) {
    const rows = await exported(page, item)
    expect(rows.length, kind).toBe(total + 1)
    expect(rows[0]?.slice(0, 4), kind).toEqual(['客户编号', '客户名称', '电话', '邮箱'])
    for (const header of headers) expect(rows[0], kind).toContain(header)
    const row = rows.find(cells => cells.includes('KH00000002'))
    expect(row?.slice(0, 4), kind).toEqual(['KH00000002', '广州东方新宇贸易有限公司', '16199469173', 'user2@example2.com.cn'])
  }
  await page.goto(`${product.address}/customers`)
  await expect(page.getByText('9,976 条')).toBeVisible()
  expect((await exported(page, /xlsx/)).length).toBe(9977)

  await page.reload()
  await page.getByRole('button', { name: '导出' }).click()
  const again = page.getByRole('group', { name: /最近导出/ })
  await expect(again.getByRole('menuitem')).toHaveCount(3)
  await expectAccessible(page)
  await picture(page, 'recent-exports')
  const arrives = page.waitForEvent('download')
  await again.getByRole('menuitem').first().click()
  expect(rowsOf(await (await arrives).path()).length).toBe(9977)
})

/** Exports what is listed, fetches the file and opens it. */
async function exported(page: Page, item: RegExp): Promise<string[][]> {
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: item }).first().click()
  const ready = page.getByRole('status').or(page.getByRole('alert')).getByRole('button', { name: '下载' })
  const arrives = page.waitForEvent('download')
  await ready.or(page.getByRole('button', { name: '下载' })).last().click({ timeout: 60_000 })
  const rows = rowsOf(await (await arrives).path())
  await page.reload()
  return rows
}

function rowsOf(file: string): string[][] {
  const book = read(readFileSync(file), { raw: true })
  return utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0] ?? ''] ?? {}, { header: 1, raw: true, defval: '' }).map(row => row.map(String))
}

for (const look of looks) {
  test(`list, import and settings of members are clear of faults: ${look.name}`, async ({ page }) => {
    await signIn(page, product.address)
    await dress(page, look)
    await expect(page.getByText('广州东方新宇贸易有限公司').or(page.getByRole('grid')).or(page.getByRole('list')).first()).toBeVisible()
    for (const [name, address] of [['list', '/customers'], ['import', '/import'], ['members', '/settings/members'], ['contacts', '/contacts']] as const) {
      await page.goto(product.address + address)
      await page.waitForLoadState('networkidle')
      await expectAccessible(page)
      await expectNoSideways(page)
      if (look.size === phone) await expectThumbs(page)
      await picture(page, `${name}-${look.name}`)
    }
    await dress(page, looks[0])
  })
}
