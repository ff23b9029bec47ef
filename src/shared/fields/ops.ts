import type { Op } from '../filter.ts'

const filled = ['empty', 'notEmpty'] as const

/** What may be asked of a kind of value. */
export const textOps: readonly Op[] = ['eq', 'ne', 'in', 'notIn', 'contains', 'startsWith', ...filled]
export const longTextOps: readonly Op[] = ['contains', ...filled]
export const numberOps: readonly Op[] = ['eq', 'ne', 'in', 'notIn', 'lt', 'lte', 'gt', 'gte', 'between', ...filled]
export const dateOps: readonly Op[] = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'between', 'within', ...filled]
export const yesNoOps: readonly Op[] = ['eq', 'ne', ...filled]
export const oneOps: readonly Op[] = ['eq', 'ne', 'in', 'notIn', ...filled]
export const manyOps: readonly Op[] = ['contains', 'in', 'notIn', ...filled]
