import { pointing } from './reference.ts'

export const department = pointing('department', () => 'departments')
