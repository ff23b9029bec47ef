import { Select, TextInput as MantineText } from '@mantine/core'
import { hues } from '#shared/api/fields.ts'
import type { RoleOut } from '#shared/api/people.ts'
import type { ShapedObject } from '#shared/api/shaped-objects.ts'
import { objectIcons } from '#shared/objects/icons.ts'
import { t } from '#web/i18n.ts'
import { newId } from '#web/new-id.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import { CheckboxInput, SelectInput } from '#web/ui/choice-inputs.tsx'
import { useForm } from '#web/ui/form-context.ts'
import { useFormField } from '#web/ui/form.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { birthRights, unowned, withoutOwners, type BirthRight } from './birth-rights.ts'
import type { GroupDraft } from './object-traits.ts'
import css from './objects.module.css'

interface Props { /** As it is; absent: a new one. */ object?: ShapedObject; /** Null: who sees it is not asked here. */ roles: readonly RoleOut[] | null }

/** What everybody asks of an object stands open; what few ask is folded. */
export function ObjectInputs({ object, roles }: Props) {
  const isNew = object === undefined
  const label = String(useForm()?.values['label'] ?? '').trim()
  return (
    <>
      <TextInput name="label" label={t('objects.label')} required autoFocus placeholder={t('objects.labelHelp')} />
      <Looks />
      {isNew && <TextInput name="titleLabel" label={t('objects.titleLabel')} placeholder={t('objects.titleLabelHelp', { label: label || t('objects.thing') })} />}
      {isNew && <NumberInputs />}
      {isNew && <CheckboxInput name="isOwned" label={t('objects.isOwned')} help={t('objects.isOwnedHelp')} />}
      {isNew && <Rights roles={roles} />}
      {!isNew && <Groups />}
      <details className={css.more}>
        <summary>{t('objects.more')}</summary>
        <div className={css.moreInputs}>
          <div className={css.two}><TextInput name="many" label={t('objects.englishMany')} /><TextInput name="one" label={t('objects.englishOne')} /></div>
          {isNew && <TextInput name="name" label={t('objects.name')} help={t('objects.nameHelp')} kind="code" />}
        </div>
      </details>
    </>
  )
}

function Looks() {
  const icon = useFormField('icon')
  const hue = useFormField('hue')
  return (
    <div className={css.looks}>
      <div className={css.icons} role="radiogroup" aria-label={t('objects.icon')}>
        {objectIcons.map(each => (
          <label key={each} title={t(`objects.icons.${each}`)} style={icon.value === each ? { background: `var(--kb-${String(hue.value)})`, color: `var(--kb-${String(hue.value)}-ink)` } : undefined}>
            <input type="radio" name="icon" aria-label={t(`objects.icons.${each}`)} checked={icon.value === each} onChange={() => icon.set(each)} /><Icon name={each} size={18} />
          </label>
        ))}
      </div>
      <div className={css.hues} role="radiogroup" aria-label={t('objects.hue')}>
        {hues.map(each => (
          <label key={each} title={t(`hue.${each}`)} style={{ background: `var(--kb-${each})`, color: `var(--kb-${each}-ink)` }}>
            <input type="radio" name="hue" aria-label={t(`hue.${each}`)} checked={hue.value === each} onChange={() => hue.set(each)} />
          </label>
        ))}
      </div>
    </div>
  )
}

function NumberInputs() {
  const values = useForm()?.values ?? {}
  const prefix = String(values['prefix'] ?? '').trim()
  const next = ['1', '2', '3'].map(n => prefix + n.padStart(Number(values['digits']), '0'))
  return (
    <div>
      <div className={css.two}>
        <TextInput name="prefix" label={t('objects.prefix')} placeholder={t('objects.prefixHelp')} kind="code" />
        <SelectInput name="digits" label={t('objects.digits')} required choices={['2', '3', '4', '5', '6', '8'].map(value => ({ value, label: value }))} />
      </div>
      <NumberProblem />
      {prefix !== '' && <p className={css.hint}>{t('objects.numbers', { list: next.join(', ') })}</p>}
    </div>
  )
}

function NumberProblem() {
  const { error } = useFormField('number')
  return error === null ? null : <p className={css.refusal} role="alert">{error}</p>
}

/** Role by role, as with customers until somebody says otherwise. */
function Rights({ roles }: Pick<Props, 'roles'>) {
  const form = useForm()
  if (roles === null) return <p className={css.hint}>{t('objects.rolesNone')}</p>
  const isOwned = form?.values['isOwned'] === true
  const choices = (isOwned ? Object.keys(birthRights) as BirthRight[] : unowned).map(right => ({ value: right, label: t(`objects.right.${right}`) }))
  return (
    <fieldset className={css.rights}>
      <legend>{t('objects.roles')}</legend>
      <p className={css.hint}>{t('objects.rolesHelp')}</p>
      {roles.map(role => {
        const right = form?.values[`role ${role.id}`] as BirthRight
        return (
          <div key={role.id} className={css.right}>
            <span>{role.name}</span>
            <Select aria-label={role.name} data={choices} value={isOwned ? right : withoutOwners(right)} allowDeselect={false} checkIconPosition="right" onChange={value => form?.set(`role ${role.id}`, value)} />
          </div>
        )
      })}
    </fieldset>
  )
}

/** The headings under which fields stand in form and page. */
function Groups() {
  const field = useFormField('groups')
  const groups = field.value as GroupDraft[]
  return (
    <fieldset className={css.groups}>
      <legend>{t('objects.groups')}</legend>
      {field.error !== null && <p className={css.refusal} role="alert">{field.error}</p>}
      {groups.map((group, i) => (
        <div key={group.key} className={css.group}>
          <MantineText aria-label={t('objects.group', { n: i + 1 })} value={group.label} maxLength={40} autoComplete="off" onChange={event => field.set(groups.map(each => (each === group ? { ...each, label: event.currentTarget.value } : each)))} />
          <IconButton icon="up" size={16} label={t('shaping.up')} disabled={i === 0} onClick={() => field.set(groups.with(i, groups[i - 1] ?? group).with(i - 1, group))} />
          <IconButton icon="close" size={16} label={t('objects.groupRemove', { label: group.label })} onClick={() => field.set(groups.filter(each => each !== group))} />
        </div>
      ))}
      <Button look="quiet" icon="plus" onClick={() => field.set([...groups, { key: newId(), label: '' }])}>{t('objects.groupAdd')}</Button>
    </fieldset>
  )
}
