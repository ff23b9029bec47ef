/** A value of a record as a text; empty where there is none. */
export const textOr = (value: unknown) => (typeof value === 'string' ? value : '')

/** The label of a reference. */
export const labelOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'label' in value ? textOr(value.label) : ''
