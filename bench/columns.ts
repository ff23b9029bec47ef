import { customer } from '#shared/objects/customer.ts'

/** What a list reads of a customer, as plain SQL would. */
export const listed = ['id', 'version', ...customer.fields.map(field => field.column)].map(name => `"${name}"`).join(', ')
