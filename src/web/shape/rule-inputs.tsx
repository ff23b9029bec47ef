import type { ShapedField } from '#shared/api/fields.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { Filter } from '#shared/filter.ts'
import { t, useLang } from '#web/i18n.ts'
import type { FieldOut } from '#web/objects.ts'
import { labelOf } from '#web/records/shape.ts'
import { ConditionInput } from './condition-input.tsx'

interface Props { object: ObjectOut; field: ShapedField | undefined }

/** Ways to reach somebody: one of them is enough, each alone may be missing. */
const reaches = (field: FieldOut) => field.type === 'phone' || field.type === 'email' || field.name === 'wechat'

const others = (object: ObjectOut, field: ShapedField | undefined): ObjectOut => ({ ...object, fields: object.fields.filter(each => each.name !== field?.name) })

/** 只在这些情况下必填. */
export function RequiredWhen({ object, field }: Props) {
  const lang = useLang()
  const isReach = field !== undefined && object.fields.some(each => each.name === field.name && reaches(each))
  const rest = object.fields.filter(each => each.name !== field?.name && reaches(each) && each.computed !== true)
  const filter: Filter = { and: rest.map(each => ({ field: each.name, op: 'empty' })) }
  const preset = isReach && rest.length > 0 ? { label: t('shaping.oneOf', { fields: rest.map(each => labelOf(each, lang)).join('、') }), filter } : undefined
  return <ConditionInput object={others(object, field)} name="requiredWhen" label={t('shaping.requiredWhen')} none={t('shaping.requiredNever')} preset={preset} />
}

/** 只在这些情况下才出现. */
export function VisibleWhen({ object, field }: Props) {
  return <ConditionInput object={others(object, field)} name="visibleWhen" label={t('shaping.visibleWhen')} none={t('shaping.visibleAlways')} />
}
