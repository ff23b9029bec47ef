import { parentPort, workerData } from 'node:worker_threads'
import { system } from '#server/access/viewer.ts'
import { fillingOf, type Filling } from '#server/records/fill.ts'
import { equipFields } from '#shared/fields/equip.ts'
import { companyOf, type Plan } from './company.ts'
import { contactsAt } from './contacts.ts'
import { customerAt } from './customers.ts'

equipFields()
const plan = workerData as Plan
const company = companyOf(plan)
const viewer = system('demo')

/** Customers from–to with their contacts, ready for COPY. */
function made(from: number, to: number): Filling[] {
  const customers = Array.from({ length: to - from }, (_, i) => customerAt(plan, company, from + i))
  const contacts = customers.flatMap((customer, i) => contactsAt(plan, customer, from + i))
  return [fillingOf(viewer, 'customers', customers), fillingOf(viewer, 'contacts', contacts)]
}

parentPort?.on('message', ({ from, to }: { from: number; to: number }) => parentPort?.postMessage(made(from, to)))
