import { listRoles, type RoleOut } from '#shared/api/people.ts'
import { t } from '#web/i18n.ts'
import { useObjects, useWord } from '#web/objects.ts'
import { useRead } from '#web/queries.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import classes from './settings.module.css'

const scoped = ['view', 'edit', 'delete', 'export', 'transfer'] as const
const granted = ['create', 'import'] as const

/** What each role may see and do, object by object. */
export function Roles() {
  const roles = useRead(listRoles)
  if (roles.isPending) return <Skeleton shape="lines" />
  if (roles.error) return <ErrorState problem={roles.error} onRetry={roles.refetch} />
  return <>{roles.data.roles.map(role => <Role key={role.id} role={role} />)}</>
}

function Role({ role }: { role: RoleOut }) {
  const objects = useObjects()
  const word = useWord()
  const shown = objects.filter(object => role.objects[object.name])
  return (
    <section className={classes.role}>
      <h3>{role.name}</h3>
      <p className={classes.meta}>
        {t('members.count', { count: role.members })}
        {role.rights.length > 0 && ` · ${t('roles.rights', { list: role.rights.map(right => t(`right.${right}`)).join(' · ') })}`}
      </p>
      {shown.length > 0 && (
        <div className={classes.wide}>
          <table className={classes.table}>
            <thead><tr><th>{t('roles.objects')}</th>{[...scoped, ...granted].map(act => <th key={act}>{t(`roles.${act}`)}</th>)}</tr></thead>
            <tbody>
              {shown.map(object => {
                const grants = role.objects[object.name] ?? {}
                return (
                  <tr key={object.name}>
                    <td>{word(object.label)}<FieldRules role={role} object={object.name} /></td>
                    {scoped.map(act => <td key={act} data-label={t(`roles.${act}`)}>{t(`scope.${grants[act] ?? 'none'}`)}</td>)}
                    {granted.map(act => <td key={act} data-label={t(`roles.${act}`)}>{t(grants[act] ? 'roles.yes' : 'roles.no')}</td>)}
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function FieldRules({ role, object }: { role: RoleOut; object: string }) {
  const fields = useObjects().find(one => one.name === object)?.fields ?? []
  const word = useWord()
  const rules = Object.entries(role.fields[object] ?? {}).map(([name, access]) => {
    const field = fields.find(one => one.name === name)
    return `${field ? word(field.label) : name} ${t(`access.${access}`)}`
  })
  return rules.length === 0 ? null : <div className={classes.meta}>{t('roles.fields', { list: rules.join(' · ') })}</div>
}
