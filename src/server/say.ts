import { en } from '#shared/i18n/en.ts'
import { fill } from '#shared/i18n/messages.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'

const texts: Record<Lang, Record<string, string>> = { 'zh-CN': zhCN, en }

/** The text of a code in a language, for the terminal. */
export const say = (lang: Lang, code: string, values: Record<string, string | number> = {}) => fill(texts[lang][code] ?? code, values)

/** A refusal as one sentence; anything else by its own message. */
export function sentence(lang: Lang, error: unknown): string {
  if (error instanceof Problem) return say(lang, error.code, error.values)
  return say(lang, 'command.failed', { detail: error instanceof Error ? error.message : String(error) })
}
