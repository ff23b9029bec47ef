import { foreignPhone } from './foreign-phone.ts'
import { useForeignPhone } from './phone.ts'
import { useRegions } from './region-table.ts'
import { regionsData } from './regions-data.ts'

/** Gives the field types their big tables: 省市区 and the world's phone numbers. The server does it at its start, the web in a chunk of its own. */
export function equipFields() {
  useRegions(regionsData)
  useForeignPhone(foreignPhone)
}
