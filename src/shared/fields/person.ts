import { pointing } from './reference.ts'

/** 成员: a user of the company. */
export const person = pointing('person', () => 'users')
