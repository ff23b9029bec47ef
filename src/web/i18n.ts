import { fill } from '#shared/i18n/messages.ts'
import type { files } from '#shared/i18n/zh-CN/files.ts'
import type { formula } from '#shared/i18n/zh-CN/formula.ts'
import type { first } from '#shared/i18n/zh-CN/first.ts'
import type { imports } from '#shared/i18n/zh-CN/imports.ts'
import type { settings } from '#shared/i18n/zh-CN/settings.ts'
import type { sheet } from '#shared/i18n/zh-CN/sheet.ts'
import type { shaping } from '#shared/i18n/zh-CN/shaping.ts'
import type { views } from '#shared/i18n/zh-CN/views.ts'
import type { Lang } from '#shared/object.ts'
import type { Finding, Problem } from '#shared/problem.ts'
import { createStore } from './store.ts'

export type Key = keyof (typeof first & typeof settings & typeof imports & typeof files & typeof shaping & typeof sheet & typeof formula & typeof views)
type Texts = Partial<Record<Key, string>>
type Values = Record<string, string | number>

/** The texts come in parts: the first with the page, the others with their screens. */
type Part = 'first' | 'settings' | 'imports' | 'shaping' | 'views' | 'sheet'

const sources: Record<Lang, Record<Part, () => Promise<Texts>>> = {
  'zh-CN': {
    first: async () => (await import('#shared/i18n/zh-CN/first.ts')).first,
    settings: async () => (await import('#shared/i18n/zh-CN/settings.ts')).settings,
    shaping: async () => ({ ...(await import('#shared/i18n/zh-CN/shaping.ts')).shaping, ...(await import('#shared/i18n/zh-CN/formula.ts')).formula }),
    sheet: async () => (await import('#shared/i18n/zh-CN/sheet.ts')).sheet,
    views: async () => (await import('#shared/i18n/zh-CN/views.ts')).views,
    imports: async () => ({ ...(await import('#shared/i18n/zh-CN/imports.ts')).imports, ...(await import('#shared/i18n/zh-CN/files.ts')).files }),
  },
  en: {
    first: async () => (await import('#shared/i18n/en/first.ts')).first,
    settings: async () => (await import('#shared/i18n/en/settings.ts')).settings,
    shaping: async () => ({ ...(await import('#shared/i18n/en/shaping.ts')).shaping, ...(await import('#shared/i18n/en/formula.ts')).formula }),
    sheet: async () => (await import('#shared/i18n/en/sheet.ts')).sheet,
    views: async () => (await import('#shared/i18n/en/views.ts')).views,
    imports: async () => ({ ...(await import('#shared/i18n/en/imports.ts')).imports, ...(await import('#shared/i18n/en/files.ts')).files }),
  },
}

const texts: Record<Lang, Texts> = { 'zh-CN': {}, en: {} }
const parts = new Set<Part>(['first'])
const lang = createStore<Lang>('zh-CN')
const remembered = 'kebu.lang'

/** The language of the screen. A component that calls it is drawn again when the language changes. */
export const useLang = lang.use
export const currentLang = lang.get
export const onLang = lang.watch

/** A text of the product. `{name}` in it is filled from `values`. */
export const t = (key: Key, values?: Values) => fill(texts[lang.get()][key] ?? key, values)

/** Loads the texts of what was shown so far, then changes the screen; this browser remembers it for the sign-in page. */
export async function setLang(next: Lang) {
  for (let known = 0; known < parts.size;) {
    known = parts.size
    await Promise.all([...parts].map(part => load(next, part)))
  }
  document.documentElement.lang = next
  localStorage.setItem(remembered, next)
  lang.set(next)
}

/** A screen whose texts do not come with the page: both arrive together, in the language that is on by then. */
export async function withTexts<Screen>(part: Part, screen: Promise<Screen>): Promise<Screen> {
  parts.add(part)
  for (let loaded: Lang | null = null; loaded !== lang.get();) {
    loaded = lang.get()
    await Promise.all([load(loaded, part), screen])
  }
  return screen
}

async function load(next: Lang, part: Part) {
  Object.assign(texts[next], await sources[next][part]())
}

/** Before anybody signed in: what this browser used last, else what it asks for, else Chinese. */
export function firstLang(): Lang {
  const last = localStorage.getItem(remembered)
  if (last === 'en' || last === 'zh-CN') return last
  return navigator.language.startsWith('zh') || !navigator.language.startsWith('en') ? 'zh-CN' : 'en'
}

const isKey = (code: string): code is Key => code in texts[lang.get()]

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
