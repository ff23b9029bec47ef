import { randomBytes } from 'node:crypto'
import { en } from '#shared/i18n/en.ts'
import { fill } from '#shared/i18n/messages.ts'
import { zhCN } from '#shared/i18n/zh-CN.ts'
import type { Lang } from '#shared/object.ts'
import { Problem } from '#shared/problem.ts'
import { room } from './room.ts'

export interface Refusal { status: number; headers: Record<string, string>; body: { error: ErrorOut } }

interface ErrorOut {
  code: string
  message: string
  /** The words that fill the text of the code, for clients that write it themselves. */
  values: Record<string, string | number>
  fields: { field: string | null; code: string; message: string; value?: unknown; proposal?: string }[]
  /** Only for what nobody foresaw: the number under which the log has more. */
  reference: string | null
  /** Further facts of this refusal, such as both sides of a conflict. */
  [detail: string]: unknown
}

/** By the whole code, else by its first part, else 422: a refusal of what was asked. */
const statuses: Record<string, number> = {
  'record.notFound': 404, 'import.notFound': 404, 'export.notFound': 404,
  'record.forbidden': 403, 'import.forbidden': 403, 'export.forbidden': 403, 'record.conflict': 409, 'view.conflict': 409, 'view.mayNotShare': 403,
  'right.missing': 403, 'name.unknown': 400, 'object.unknown': 404, 'route.unknown': 404,
  'request.malformed': 400, 'request.tooLarge': 413, 'request.type': 415, 'request.tooMany': 429, 'request.foreign': 403,
  'session.required': 401, 'session.wrong': 401, 'key.scope': 403, 'key.person': 403,
  'people.moreRights': 403, 'setup.tokenWrong': 403, 'setup.done': 409,
  filter: 400, cursor: 400,
  'storage.full': 507, 'database.unavailable': 503, 'database.busy': 503, unexpected: 500,
}

/** The only place that turns refusals and failures into answers. Nothing of SQL, of stacks or of secrets leaves through it. */
export function refusalOf(error: unknown, lang: Lang, log: (line: string) => void = console.error): Refusal {
  const problem = problemOf(error)
  const reference = problem.code === 'unexpected' ? randomBytes(5).toString('hex') : null
  if (reference) log(JSON.stringify({ at: new Date().toISOString(), reference, ...describe(error) }))

  const headers: Record<string, string> = {}
  if (typeof problem.values.seconds === 'number') headers['retry-after'] = String(problem.values.seconds)
  return { status: statusOf(problem.code), headers, body: { error: errorOut(problem, lang, reference) } }
}

function errorOut(problem: Problem, lang: Lang, reference: string | null): ErrorOut {
  return {
    ...problem.details,
    code: problem.code,
    message: text(problem.code, lang, { ...problem.values, ...(reference && { reference }) }),
    values: problem.values,
    fields: problem.fields.map(finding => ({
      field: finding.field ?? null, code: finding.code, message: text(finding.code, lang, finding.values),
      ...(finding.value !== undefined && { value: finding.value }), ...(finding.proposal !== undefined && { proposal: finding.proposal }),
    })),
    reference,
  }
}

const statusOf = (code: string) => statuses[code] ?? statuses[code.split('.')[0] ?? ''] ?? 422

const texts: Record<Lang, Record<string, string>> = { 'zh-CN': zhCN, en }
const text = (code: string, lang: Lang, values: Record<string, string | number> = {}) => fill(texts[lang][code] ?? code, values)

/** The language that a stranger's browser asks for. */
export function langOf(header: string | undefined, fallback: Lang): Lang {
  if (!header) return fallback
  const first = header.split(',').map(part => part.trim().toLowerCase()).find(part => part.startsWith('zh') || part.startsWith('en'))
  if (!first) return fallback
  return first.startsWith('zh') ? 'zh-CN' : 'en'
}

interface Failure { code?: unknown; statusCode?: unknown; message?: unknown; stack?: unknown; severity?: unknown }

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  const { code, statusCode, message }: Failure = typeof error === 'object' && error !== null ? error : {}
  if (typeof code === 'string') {
    const known = failures.find(([pattern]) => pattern.test(code))
    if (known) return new Problem(known[1], known[2])
  }
  if (typeof message === 'string' && lost.test(message)) return new Problem('database.unavailable')
  if (statusCode === 403 || statusCode === 404) return new Problem('route.unknown')
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500) return new Problem('request.malformed', { detail: typeof code === 'string' ? code : '' })
  return new Problem('unexpected')
}

/** What the driver says without a code when the connection is gone. */
const lost = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

/** SQLSTATEs, codes of the operating system and of fastify. 25006: the embedded database only reads while the disk is full. */
const failures: [RegExp, string, Record<string, string | number>?][] = [
  [/^(53100|25006|ENOSPC|EDQUOT)$/, 'storage.full'],
  [/^(57P0[1-5]|08...|53300|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/, 'database.unavailable'],
  [/^(40001|40P01|55P03|57014)$/, 'database.busy'],
  [/^FST_ERR_CTP_BODY_TOO_LARGE$/, 'request.tooLarge', { limit: room.json.words }],
  [/^(FST_REQ_FILE_TOO_LARGE|FST_FILES_LIMIT|FST_PARTS_LIMIT|FST_FIELDS_LIMIT)$/, 'request.tooLarge', { limit: room.file.words }],
  [/^(FST_ERR_CTP_INVALID_MEDIA_TYPE|FST_INVALID_MULTIPART_CONTENT_TYPE)$/, 'request.type'],
]

/** For the log: a failure of the database without its message, which may repeat values of a record. */
function describe(error: unknown) {
  const { code, message, stack, severity }: Failure = typeof error === 'object' && error !== null ? error : { message: String(error) }
  const frames = String(stack ?? '').split('\n').filter(line => /^\s+at /.test(line)).slice(0, 12).map(line => line.trim())
  return { code: typeof code === 'string' ? code : null, message: severity === undefined ? String(message) : null, frames }
}
