import type { ImportChange, ImportOut } from '#shared/api/imports.ts'
import { t, useLang, type Key } from '#web/i18n.ts'
import { useObject } from '#web/objects.ts'
import classes from './imports.module.css'

const modes: { mode: ImportOut['mode']; key: Key }[] = [{ mode: 'create', key: 'import.mode.create' }, { mode: 'update', key: 'import.mode.update' }, { mode: 'upsert', key: 'import.mode.upsert' }]
const encodings = ['utf-8', 'gb18030', 'utf-16le', 'big5']

/** How the file is read and what is done with it: sheet, encoding, header row, mode. Every change tries it again. */
export function Options({ one, onChange, busy }: { one: ImportOut; busy: boolean; onChange(body: ImportChange): Promise<void> }) {
  const lang = useLang()
  const mapped = new Set(one.mapping.map(entry => entry.field))
  const unique = (useObject(one.object)?.fields ?? []).filter(field => field.unique === true && mapped.has(field.name))
  return (
    <div className={classes.options}>
      {one.sheets.length > 1 && <Pick label={t('import.sheet')} value={one.sheet ?? ''} choices={one.sheets.map(value => ({ value, label: value }))} disabled={busy} onPick={sheet => void onChange({ sheet })} />}
      {one.encoding !== null && <Pick label={t('import.encoding')} value={one.encoding} choices={[...new Set([one.encoding, ...encodings])].map(value => ({ value, label: value }))} disabled={busy} onPick={encoding => void onChange({ encoding })} />}
      <label className={classes.option}>
        <span>{t('import.headerRow')}</span>
        <input key={one.headerRow} type="number" min={1} max={30} defaultValue={one.headerRow ?? ''} disabled={busy} onBlur={event => {
          const row = event.currentTarget.valueAsNumber
          if (row >= 1 && row <= 30 && row !== one.headerRow) void onChange({ headerRow: row })
        }} />
      </label>
      <Pick label={t('import.mode')} value={one.mode} choices={modes.map(({ mode, key }) => ({ value: mode, label: t(key) }))} disabled={busy} onPick={mode => void onChange({ mode: mode as ImportOut['mode'] })} />
      {one.mode !== 'create' && unique.length > 0 && (
        <Pick label={t('import.match')} value={one.matchField ?? ''} choices={unique.map(field => ({ value: field.name, label: field.label[lang] }))} disabled={busy} onPick={matchField => void onChange({ matchField })} />
      )}
      {one.mode !== 'create' && <p className={classes.optionHint}>{unique.length === 0 ? t('import.match.none') : t('import.emptyHint')}</p>}
    </div>
  )
}

interface PickProps { label: string; value: string; choices: { value: string; label: string }[]; disabled: boolean; onPick(value: string): void }

function Pick({ label, value, choices, disabled, onPick }: PickProps) {
  return (
    <label className={classes.option}>
      <span>{label}</span>
      <select value={value} disabled={disabled} onChange={event => onPick(event.currentTarget.value)}>
        {choices.map(choice => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
    </label>
  )
}
