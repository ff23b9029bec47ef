import { isEmpty } from '#shared/fields/field.ts'
import { lazy, Suspense } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Lang } from '#shared/object.ts'
import type { FieldOut } from '#web/objects.ts'
import type { GridColumn } from '#web/ui/grid/types.ts'
import { FieldCell } from './field-cell.tsx'
import { isEditable, labelOf } from './shape.ts'
import { editText, write } from './values.ts'

const keyboards: Partial<Record<FieldOut['type'], NonNullable<GridColumn<RecordOut>['inputMode']>>> = { phone: 'tel', email: 'email', url: 'url', number: 'decimal', money: 'decimal', percent: 'decimal', rating: 'decimal' }
const widths: Partial<Record<FieldOut['type'], number>> = { longText: 220, address: 200, datetime: 140, boolean: 80, choice: 110, phone: 130, email: 180, money: 120, number: 100, date: 110 }
/** Types that offer something to choose under the cell. It is fetched once the sheet stands; until then the cell is edited as text. */
const picked: FieldOut['type'][] = ['choice', 'choices', 'boolean', 'rating', 'date', 'region', 'person', 'department', 'reference']
const fetchPickers = () => import('./sheet-pickers.tsx')
const FieldPicker = lazy(() => fetchPickers().then(file => ({ default: file.FieldPicker })))
setTimeout(() => void fetchPickers().catch(() => {}), 1_000)

/** What has no order that anybody would look for. */
const unsorted: FieldOut['type'][] = ['longText', 'tags', 'choices']
export const isAmount = (field: FieldOut) => field.type === 'number' || field.type === 'money' || field.type === 'percent'

/** Every field as a column of the sheet; number and name stay at the left, and one of them opens the record. */
export function columnsOf(object: ObjectOut, lang: Lang): GridColumn<RecordOut>[] {
  const opener = object.numberField ?? object.title
  const first = [object.numberField, object.title]
  const fields = [...object.fields].sort((a, b) => place(first, a) - place(first, b))
  return fields.map(field => {
    return {
      name: field.name,
      label: labelOf(field, lang),
      width: field.width ?? widths[field.type] ?? 140,
      align: isAmount(field) ? 'right' : 'left',
      frozen: first.includes(field.name),
      hidden: field.hidden === true,
      sortable: !unsorted.includes(field.type),
      editable: object.rights.edit && isEditable(field, true),
      locked: (row: RecordOut) => field.setOnce === true && !isEmpty(row[field.name]),
      computed: field.computed === true,
      opens: field.name === opener,
      render: (row: RecordOut) => <FieldCell field={field} value={row[field.name]} still short />,
      text: (row: RecordOut) => write(row[field.name], field, lang),
      editText: (row: RecordOut) => editText(row[field.name], field),
      ...(picked.includes(field.type) ? { editor: props => <Suspense><FieldPicker {...props} field={field} /></Suspense> } : {}),
      ...(keyboards[field.type] === undefined ? {} : { inputMode: keyboards[field.type] }),
      ...(field.help === undefined ? {} : { help: field.help[lang] }),
    } satisfies GridColumn<RecordOut>
  })
}

const place = (first: (string | undefined)[], field: FieldOut) => (first.includes(field.name) ? first.indexOf(field.name) - first.length : 0)
