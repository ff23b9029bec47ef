/** What was found at one field: a refusal, or something a person should look at. `code` is a translation key. */
export interface Finding {
  /** The API name of the field; absent when the finding is about the whole record. */
  field?: string
  code: string
  /** The words that fill the translation's `{…}`; nothing secret. */
  values?: Record<string, string | number>
  /** The value as it was typed, so that nothing has to be typed again. */
  value?: unknown
  /** A value that would be accepted, offered as a button. */
  proposal?: string
}

/** The one class for refusals. `code` is a translation key; `http/problems.ts` alone turns it into a response. */
export class Problem extends Error {
  readonly code: string
  readonly values: Record<string, string | number>
  readonly fields: Finding[]
  /** Further facts for the client, such as both sides of a conflict. */
  readonly details: Record<string, unknown>

  constructor(code: string, values: Record<string, string | number> = {}, more: { fields?: Finding[]; details?: Record<string, unknown> } = {}) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.values = values
    this.fields = more.fields ?? []
    this.details = more.details ?? {}
  }
}
