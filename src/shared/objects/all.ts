import type { ObjectType } from '../object.ts'
import { contact } from './contact.ts'
import { customer } from './customer.ts'
import { department } from './department.ts'
import { user } from './user.ts'

/** The standard objects. Departments and users come first: everything else belongs to them. */
export const standardObjects: ObjectType[] = [department, user, customer, contact]
