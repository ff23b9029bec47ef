import { en } from '#shared/i18n/en.ts'
import { fill } from '#shared/i18n/messages.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'

const texts: Record<Lang, Record<string, string>> = { 'zh-CN': zhCN, en }

/** The text of a code in a language, for the terminal. */
export const say = (lang: Lang, code: string, values: Record<string, string | number> = {}) => fill(texts[lang][code] ?? code, values)

/** A refusal as one sentence; failures of the system that an administrator can mend too; anything else by its own message. */
export function sentence(lang: Lang, error: unknown): string {
  if (error instanceof Problem) return say(lang, error.code, error.values)
  const failure: Failure = error instanceof Error ? error : new Error(String(error))
  const known = failures[failure.code ?? '']
  const values = { port: failure.port ?? '', host: failure.address ?? '', folder: failure.path ?? '', detail: failure.message }
  return say(lang, known ?? 'command.failed', values)
}

/** What Node and PostgreSQL add to their errors. */
type Failure = Error & { code?: string; port?: number; address?: string; path?: string }

const failures: Record<string, string> = {
  EADDRINUSE: 'start.portBusy',
  EADDRNOTAVAIL: 'start.hostUnknown',
  EACCES: 'start.folderDenied',
  ENOSPC: 'storage.full',
  '53100': 'storage.full',
  '25006': 'storage.full',
}
