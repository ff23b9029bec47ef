import { fill } from '#shared/i18n/messages.ts'
import { zhCN, type Messages } from '#shared/i18n/zh-CN.ts'
import type { Lang } from '#shared/object.ts'
import type { Finding, Problem } from '#shared/problem.ts'
import { createStore } from './store.ts'

export type Key = keyof typeof zhCN
type Values = Record<string, string | number>

const dictionaries: Partial<Record<Lang, Messages>> = { 'zh-CN': zhCN }
const remembered = 'kebu.lang'

const lang = createStore<Lang>('zh-CN')

/** The language of the screen. A component that calls it is drawn again when the language changes. */
export const useLang = lang.use
export const currentLang = lang.get
export const onLang = lang.watch

/** A text of the product. `{name}` in it is filled from `values`. */
export const t = (key: Key, values?: Values) => fill((dictionaries[lang.get()] ?? zhCN)[key], values)

/** Loads the dictionary, then changes the screen; this browser remembers it for the sign-in page. */
export async function setLang(next: Lang) {
  dictionaries[next] ??= (await import('#shared/i18n/en.ts')).en
  document.documentElement.lang = next
  localStorage.setItem(remembered, next)
  lang.set(next)
}

/** Before anybody signed in: what this browser used last, else what it asks for, else Chinese. */
export function firstLang(): Lang {
  const last = localStorage.getItem(remembered)
  if (last === 'en' || last === 'zh-CN') return last
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh-CN' : 'en'
}

const isKey = (code: string): code is Key => code in zhCN

/** What a refusal says to a person: the server's own words where it sent them, else the text of its code. */
export function problemText(problem: Problem): string {
  if (problem.message !== problem.code) return problem.message
  return isKey(problem.code) ? t(problem.code, problem.values) : problem.code
}

/** The same for one finding at a field. */
export function findingText(finding: Finding & { message?: string }): string {
  if (finding.message !== undefined) return finding.message
  return isKey(finding.code) ? t(finding.code, finding.values) : finding.code
}
