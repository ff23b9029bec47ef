import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'
import { boss } from './server.ts'

export const phone = { width: 390, height: 844 }
export const screen = { width: 1440, height: 900 }

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }

/** WCAG 2.2 A and AA by axe: no violation at all. */
export async function expectAccessible(page: Page) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: Violation[] }> } }
    return (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
  })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => `${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`).join('\n')}`)).toEqual([])
}

/** Nothing is wider than the screen. */
export async function expectNoSideways(page: Page) {
  const [content, width] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
  expect(content).toBe(width)
}

/** What a thumb touches is at least 44 px high. */
export async function expectThumbs(page: Page) {
  const small = await page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, nav a, input:not([type=checkbox],[type=radio],[type=hidden]), select')]
    .filter(one => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && one.offsetHeight > 1 && Math.round(one.getBoundingClientRect().height) < 44 && Math.round(one.parentElement?.getBoundingClientRect().height ?? 0) < 44)
    .map(one => `${one.outerHTML.slice(0, 160)} ${one.getBoundingClientRect().height}`))
  expect(small).toEqual([])
}

/** The administrator, in. */
export async function signIn(page: Page, address: string, who = boss) {
  await page.goto(address)
  await page.fill('[name=login]', who.login)
  await page.fill('[name=password]', who.password)
  await page.click('button[type=submit]')
  await expect(page.getByRole('navigation').first()).toBeVisible()
}

/** Asks the API as whoever is signed in on the page. */
export async function send(page: Page, method: 'get' | 'post' | 'patch' | 'delete', path: string, data?: object, headers: Record<string, string> = {}) {
  const { origin } = new URL(page.url())
  const answer = await page.request[method](`${origin}/api/v1${path}`, { headers: { 'idempotency-key': crypto.randomUUID(), origin, ...headers }, ...(data ? { data } : {}) })
  expect(answer.ok(), await answer.text()).toBe(true)
  return await answer.json() as Record<string, unknown>
}

/** A file that is dropped on an element, as from the desktop. */
export async function drop(page: Page, selector: string, file: { name: string; type: string; bytes: Buffer }) {
  const data = await page.evaluateHandle(({ name, type, text }) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name, { type }))
    return transfer
  }, { name: file.name, type: file.type, text: file.bytes.toString('base64') })
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: data })
  await page.dispatchEvent(selector, 'drop', { dataTransfer: data })
}

/** With KEBU_PICTURES, a folder: how it looks now, to be looked at by people. */
export async function picture(page: Page, name: string) {
  const folder = process.env.KEBU_PICTURES
  if (folder !== undefined && folder !== '') await page.screenshot({ path: `${folder}/${name}.png` })
}

/** How people look at it: where, in which language, by day or at night. */
export const looks = [
  { name: 'screen-zh-light', size: screen, lang: 'zh-CN', scheme: 'light' }, { name: 'screen-en-dark', size: screen, lang: 'en', scheme: 'dark' },
  { name: 'phone-zh-dark', size: phone, lang: 'zh-CN', scheme: 'dark' }, { name: 'phone-en-light', size: phone, lang: 'en', scheme: 'light' },
] as const

/** Dresses the page; the language is remembered by the server, the rest by this page. */
export async function dress(page: Page, look: (typeof looks)[number]) {
  await page.setViewportSize(look.size)
  await page.emulateMedia({ colorScheme: look.scheme })
  const answer = await page.request.patch(`${new URL(page.url()).origin}/api/v1/session`, { headers: { 'idempotency-key': crypto.randomUUID(), origin: new URL(page.url()).origin }, data: { lang: look.lang } })
  expect(answer.ok()).toBe(true)
  await page.reload()
}
