import type { ShapedField } from '#shared/api/fields.ts'
import type { ObjectType } from '#shared/object.ts'
import type { Problem } from '#shared/problem.ts'
import { currentLang, t, type Key } from '#web/i18n.ts'
import { useWord } from '#web/objects.ts'
import { Button } from '#web/ui/buttons.tsx'
import { useForm } from '#web/ui/form-context.ts'
import { Icon } from '#web/ui/icon.tsx'
import { draftsIn, toldOtherwise, typedOf, type Typed } from './field-traits.ts'
import css from './shape.module.css'

/** The field as the server has it, where somebody else was faster. */
export function currentOf(problem: Problem | null): ShapedField | null {
  if (problem?.code !== 'record.conflict') return null
  const { current } = problem.details
  return typeof current === 'object' && current !== null ? current as ShapedField : null
}

interface Props { before: ShapedField; now: ShapedField; groups: ObjectType['groups']; busy: boolean; onMine: (typed: Typed) => void; onTheirs: () => void }

/** What somebody else has saved while one was typing, and the two ways on. Nothing typed is lost until one says so. */
export function ConflictNote({ before, now, groups, busy, onMine, onTheirs }: Props) {
  const form = useForm()
  const word = useWord()
  const lang = currentLang()
  const traits = toldOtherwise(before, now, lang)
  const [was, is] = [typedOf(before, lang), typedOf(now, lang)]
  const shown = (typed: Typed, trait: string) => {
    const group = trait === 'group' ? groups.find(each => each.name === typed['group']) : undefined
    return group ? word(group.label) : traitText(typed, trait)
  }
  return (
    <div className={css.conflict} role="alert">
      <p><Icon name="warning" size={18} />{t('shaping.conflict')}</p>
      <ul>
        {traits.map(trait => <li key={trait}>{t('shaping.conflictWas', { trait: t(words[trait] ?? 'shaping.conflictOther'), before: shown(was, trait), after: shown(is, trait) })}</li>)}
        {traits.length === 0 && <li>{t('shaping.conflictOther')}</li>}
      </ul>
      <div className={css.ways}>
        <Button busy={busy} onClick={() => onMine(form?.values ?? {})}>{t('shaping.conflictMine')}</Button>
        <Button look="quiet" onClick={onTheirs}>{t('shaping.conflictTheirs')}</Button>
      </div>
    </div>
  )
}

const words: Record<string, Key> = {
  label: 'shaping.label', help: 'shaping.help', example: 'shaping.example', group: 'shaping.group', required: 'shaping.required', unique: 'shaping.unique', needsReason: 'shaping.needsReason',
  hidden: 'shaping.hidden', unit: 'shaping.unit', decimals: 'shaping.decimals', options: 'shaping.options', default: 'shaping.default',
}

function traitText(typed: Typed, trait: string): string {
  const value = typed[trait]
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no')
  const options = draftsIn(typed)
  const labelOf = (key: unknown) => options.find(option => option.key === key)?.label ?? String(key)
  const texts = trait === 'options' ? options.map(option => option.label) : Array.isArray(value) ? value.map(labelOf) : [labelOf(value)]
  return texts.join(' / ') || t('shaping.conflictNothing')
}
