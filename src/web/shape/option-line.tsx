import { TextInput } from '@mantine/core'
import type { ClipboardEvent, KeyboardEvent } from 'react'
import { hues } from '#shared/api/fields.ts'
import { t } from '#web/i18n.ts'
import { Button, IconButton } from '#web/ui/buttons.tsx'
import type { OptionDraft } from './option-drafts.ts'
import css from './shape.module.css'

interface Props {
  draft: OptionDraft
  place: number
  count: number
  isWrong: boolean
  isOpen: boolean
  onOpen: (isOpen: boolean) => void
  onChange: (change: Partial<OptionDraft>) => void
  onEnter: () => void
  onRemove: () => void
  onStep: (by: -1 | 1) => void
  onMove: (by: -1 | 1) => void
  onPaste: (text: string) => void
}

/** One option: its tint opens what else can be said of it. */
export function OptionLine(props: Props) {
  const { draft, place, isWrong, isOpen, onOpen, onChange, onPaste, onRemove } = props
  const name = draft.label.trim() || t('shaping.option', { n: place })
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\n\t]/.test(text.trim())) return
    event.preventDefault()
    onPaste(text)
  }
  return (
    <li data-option={draft.key} data-retired={draft.retired || undefined}>
      <div className={css.option}>
        <button type="button" className={css.tint} aria-expanded={isOpen} aria-label={t('shaping.optionMore', { label: name })} title={t('shaping.optionMore', { label: name })} onClick={() => onOpen(!isOpen)}>
          <i style={{ background: `var(--kb-${draft.color})`, borderColor: `var(--kb-${draft.color}-ink)` }} />
        </button>
        <TextInput className={css.optionLabel ?? ''} aria-label={t('shaping.option', { n: place })} placeholder={place === 1 ? t('shaping.optionNew') : ''} value={draft.label} error={isWrong} maxLength={200}
          autoComplete="off" spellCheck={false} enterKeyHint="next" onKeyDown={event => onKey(event, props)} onPaste={paste} onChange={event => onChange({ label: event.currentTarget.value })} />
        {draft.retired && <span className={css.rest}>{t('shaping.optionRetired')}</span>}
        <IconButton icon="close" size={16} label={`${t('shaping.optionRemove')} ${name}`} onClick={onRemove} />
      </div>
      {isOpen && <Detail {...props} />}
    </li>
  )
}

function onKey(event: KeyboardEvent<HTMLInputElement>, { draft, count, onEnter, onRemove, onStep, onMove }: Props) {
  if (event.nativeEvent.isComposing) return
  const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
  if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) onEnter()
  else if (event.key === 'Backspace' && draft.label === '' && count > 1) onRemove()
  else if (by !== null && event.altKey) onMove(by)
  else if (by !== null) onStep(by)
  else return
  event.preventDefault()
}

/** Colour, written meaning, place, and whether it is still offered. */
function Detail({ draft, place, count, onChange, onMove }: Props) {
  return (
    <div className={css.detail}>
      <div className={css.hues} role="radiogroup" aria-label={t('shaping.optionColor')}>
        {hues.map(hue => (
          <label key={hue} title={t(`hue.${hue}`)} className={css.hue} style={{ background: `var(--kb-${hue})`, color: `var(--kb-${hue}-ink)` }}>
            <input type="radio" name={`hue-${draft.key}`} aria-label={t(`hue.${hue}`)} checked={draft.color === hue} onChange={() => onChange({ color: hue })} />
          </label>
        ))}
      </div>
      <TextInput label={t('shaping.optionDefinition')} description={t('shaping.optionDefinitionHelp')} value={draft.definition} maxLength={200} autoComplete="off"
        onKeyDown={event => { if (event.key === 'Enter') event.preventDefault() }} onChange={event => onChange({ definition: event.currentTarget.value })} />
      <div className={css.ways}>
        <Button look="quiet" icon="up" disabled={place === 1} onClick={() => onMove(-1)}>{t('shaping.up')}</Button>
        <Button look="quiet" icon="down" disabled={place === count} onClick={() => onMove(1)}>{t('shaping.down')}</Button>
        {draft.id !== undefined && <Button look="quiet" onClick={() => onChange({ retired: !draft.retired })}>{t(draft.retired ? 'shaping.optionOffer' : 'shaping.optionStop')}</Button>}
      </div>
    </div>
  )
}
