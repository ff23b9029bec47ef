import type { ObjectOut } from '#shared/api/objects.ts'
import { rowLines } from '#shared/view.ts'
import { t, useLang, type Key } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import type { Look } from '#web/views/view-state.ts'
import css from './look-menu.module.css'
import { labelOf } from '#web/records/shape.ts'

interface Props { object: ObjectOut; look: Look; onLook: (look: Look) => void; onColours: () => void }

const words: Record<(typeof rowLines)[number], Key> = { 1: 'look.one', 2: 'look.two', 4: 'look.four' }
const groupable = ['choice', 'person', 'department', 'boolean']

/** How rows stand in the sheet: their height, their groups, their colours. */
export function LookMenu({ object, look, onLook, onColours }: Props) {
  const lang = useLang()
  const fields = object.fields.filter(field => groupable.includes(field.type) && field.access !== 'masked')
  const { by: _by, ...ungrouped } = look
  return (
    <div className={css.menu}>
      <fieldset className={css.lines}>
        <legend>{t('look.lines')}</legend>
        {rowLines.map(lines => (
          <label key={lines}>
            <input type="radio" name="lines" checked={(look.lines ?? 1) === lines} onChange={() => onLook({ ...look, lines })} />
            <span>{t(words[lines])}</span>
          </label>
        ))}
      </fieldset>
      <label className={css.by}>
        {t('look.by')}
        <select value={look.by ?? ''} onChange={event => onLook(event.currentTarget.value === '' ? ungrouped : { ...look, by: event.currentTarget.value })}>
          <option value="">{t('look.notGrouped')}</option>
          {fields.map(field => <option key={field.name} value={field.name}>{labelOf(field, lang)}</option>)}
        </select>
      </label>
      <div className={css.colours}>
        <Button look="quiet" icon="tag" onClick={onColours}>{look.colours?.length ? t('look.coloursCount', { count: look.colours.length }) : t('look.colours')}</Button>
      </div>
    </div>
  )
}
