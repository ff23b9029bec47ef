import { rowLines } from '#shared/view.ts'
import { t, type Key } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import type { Look } from '#web/views/view-state.ts'
import css from './look-menu.module.css'

interface Props { look: Look; onLook: (look: Look) => void; onColours: () => void }

const words: Record<(typeof rowLines)[number], Key> = { 1: 'look.one', 2: 'look.two', 4: 'look.four' }

/** How rows stand in the sheet: their height, their colours. */
export function LookMenu({ look, onLook, onColours }: Props) {
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
      <div className={css.colours}>
        <Button look="quiet" icon="tag" onClick={onColours}>{look.colours?.length ? t('look.coloursCount', { count: look.colours.length }) : t('look.colours')}</Button>
      </div>
    </div>
  )
}
