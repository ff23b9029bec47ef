import { useNavigate } from '@tanstack/react-router'
import type { ObjectOut } from '#shared/api/objects.ts'
import { changeView, createView, setDefaultView } from '#shared/api/view-changes.ts'
import type { Audience, ViewOut } from '#shared/api/views.ts'
import type { ViewKind } from '#shared/view.ts'
import { call } from '#web/api.ts'
import { t, useLang } from '#web/i18n.ts'
import { useCall } from '#web/queries.ts'
import { attempt } from '#web/records/acts.ts'
import { Button, SubmitButton } from '#web/ui/buttons.tsx'
import { CheckboxInput, SelectInput } from '#web/ui/choice-inputs.tsx'
import { Dialog, DialogButtons } from '#web/ui/dialog.tsx'
import { useForm } from '#web/ui/form-context.ts'
import { Form } from '#web/ui/form.tsx'
import { TextInput } from '#web/ui/inputs.tsx'
import { byField, byFields, kindsOf } from './kinds.ts'
import { knownOnly } from './known-only.ts'
import { useViews } from './use-views.ts'
import { viewsAnew } from './view-acts.ts'
import type { ViewState } from './view-state.ts'
import css from './view-dialog.module.css'

/** A view of what is on the screen; the same beside the open one, under another name; another name and other people for the open one. */
export type Wanted = { kind: 'new' } | { kind: 'copy'; name: string } | { kind: 'edit'; view: ViewOut }

interface Props { object: ObjectOut; wanted: Wanted; state: ViewState; onClose: () => void }

/** Name, kind, for whom, pinned, and who begins with it. */
export function ViewDialog({ object, wanted, state, onClose }: Props) {
  const go = useNavigate()
  const { rights } = useViews(object.name)
  const edited = wanted.kind === 'edit' ? wanted.view : undefined
  const create = useCall(createView)
  const change = useCall(changeView)
  const { busy, problem } = edited ? change : create

  const submit = async (values: Record<string, unknown>) => {
    const kind = values['kind'] as ViewKind
    const audience = values['audience'] as Audience
    const content = { name: String(values['name'] ?? ''), kind, audience, pinned: values['pinned'] === true, ...(audience === 'department' && typeof values['department'] === 'string' && { department: values['department'] }) }
    const by = byField(object, kind, typeof values['by'] === 'string' ? values['by'] : undefined)?.name
    const shown = knownOnly(edited?.settings ?? state.settings, name => object.fields.some(field => field.name === name))
    const settings = { ...shown, ...(by && { by }) }
    const saved = edited
      ? await change.run({ params: { object: object.name, id: edited.id }, body: { ...content, settings }, version: edited.version })
      : await create.run({ params: { object: object.name }, body: { ...content, settings } })
    if (saved === undefined) return
    const roles = rights.roles.filter(role => values[`role.${role.id}`] === true).map(role => role.id)
    if (audience !== 'mine' && rights.roles.length > 0 && roles.toSorted().join() !== saved.roles.toSorted().join()) await attempt(() => call(setDefaultView, { params: { object: object.name, id: saved.id }, body: { roles } }))
    await viewsAnew()
    if (!edited) void go({ to: '/$object', params: { object: object.name }, search: { view: saved.id } })
    onClose()
  }
  const first = edited ?? { name: wanted.kind === 'copy' ? wanted.name : '', kind: state.kind, audience: 'mine', pinned: true, roles: [], department: null }
  const initial = {
    name: first.name, kind: first.kind, audience: first.audience, pinned: first.pinned, department: first.department?.id ?? rights.departments[0]?.id, by: state.settings.by,
    ...Object.fromEntries(first.roles.map(id => [`role.${id}`, true])),
  }
  return (
    <Dialog title={t(edited ? 'views.editTitle' : 'views.newTitle')} onClose={onClose}>
      <Form onSubmit={submit} problem={problem} busy={busy} initial={initial}>
        <Fields object={object} />
        <DialogButtons>
          <SubmitButton>{t(edited ? 'views.save' : 'views.create')}</SubmitButton>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}

function Fields({ object }: { object: ObjectOut }) {
  const lang = useLang()
  const { rights } = useViews(object.name)
  const values = useForm()?.values ?? {}
  const kind = values['kind'] as ViewKind
  const audiences: Audience[] = ['mine', ...(rights.departments.length > 0 ? ['department' as const] : []), ...(rights.everyone ? ['everyone' as const] : [])]
  const isShared = values['audience'] !== 'mine'
  return (
    <>
      <TextInput name="name" label={t('views.name')} required autoFocus />
      <SelectInput name="kind" label={t('views.kind')} required choices={kindsOf(object).map(each => ({ value: each, label: t(`views.kind.${each}`) }))} />
      {(kind === 'board' || kind === 'calendar') && <SelectInput name="by" label={t(kind === 'board' ? 'views.byChoice' : 'views.byDate')} choices={byFields(object, kind).map(field => ({ value: field.name, label: field.label[lang] }))} />}
      {audiences.length > 1 && <SelectInput name="audience" label={t('views.audience')} required help={t('views.audienceHelp')} choices={audiences.map(each => ({ value: each, label: t(`views.for.${each}`) }))} />}
      {values['audience'] === 'department' && <SelectInput name="department" label={t('views.department')} required searchable choices={rights.departments.map(each => ({ value: each.id, label: each.label }))} />}
      <CheckboxInput name="pinned" label={t('views.pinnedLabel')} help={t(isShared ? 'views.pinnedShared' : 'views.pinnedOwn')} />
      {isShared && rights.roles.length > 0 && (
        <fieldset className={css.roles}>
          <legend>{t('views.default')}</legend>
          <p>{t('views.defaultHelp')}</p>
          {rights.roles.map(role => <CheckboxInput key={role.id} name={`role.${role.id}`} label={role.label} />)}
        </fieldset>
      )}
    </>
  )
}
