/** A piece of SQL: text with numbered holes and the values that go into them. Pieces nest; strings never meet. */
export interface Sql {
  readonly parts: readonly string[]
  readonly values: readonly unknown[]
}

const isSql = (value: unknown): value is Sql => typeof value === 'object' && value !== null && 'parts' in value && 'values' in value

/** sql`select * from t where id = ${id} and ${condition}`: a nested piece is woven in, anything else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...holes: unknown[]): Sql {
  const parts: string[] = [strings[0] ?? '']
  const values: unknown[] = []
  holes.forEach((hole, i) => {
    const after = strings[i + 1] ?? ''
    if (!isSql(hole)) {
      values.push(hole)
      parts.push(after)
      return
    }
    parts[parts.length - 1] += hole.parts[0] ?? ''
    hole.values.forEach((value, k) => {
      values.push(value)
      parts.push(hole.parts[k + 1] ?? '')
    })
    parts[parts.length - 1] += after
  })
  return { parts, values }
}

/** Text that becomes SQL as it is: only for texts of our own code and the catalog, never for what came from outside. */
export const raw = (text: string): Sql => ({ parts: [text], values: [] })

/** A quoted identifier. Only names of the catalog come here; anything unusual is a bug, not an input. */
export function ident(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new Error(`not an identifier: ${name}`)
  return raw(`"${name}"`)
}

export const empty = raw('')

export function join(pieces: readonly Sql[], separator = ', '): Sql {
  return pieces.reduce((all, piece, i) => (i === 0 ? piece : sql`${all}${raw(separator)}${piece}`), empty)
}

export const and = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? raw('true') : sql`(${join(conditions, ' and ')})`)
export const or = (conditions: readonly Sql[]): Sql => (conditions.length === 0 ? raw('false') : sql`(${join(conditions, ' or ')})`)

/** For the driver: `$1` … and the values. */
export const compile = (piece: Sql) => ({
  text: piece.parts.reduce((text, part, i) => (i === 0 ? part : `${text}$${i}${part}`), ''),
  values: piece.values as unknown[],
})
