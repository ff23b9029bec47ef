import { useEffect, useRef, useState } from 'react'
import type { Option } from '#shared/object.ts'
import { findingText, t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { useForm } from '#web/ui/form-context.ts'
import { FieldProblem, useFormField } from '#web/ui/form.tsx'
import { draftsIn } from './field-traits.ts'
import { draftsOf, moved, newDraft, withPasted, type OptionDraft } from './option-drafts.ts'
import { OptionLine } from './option-line.tsx'
import css from './shape.module.css'

/** The words that may be chosen, one a line. Enter begins the next; a pasted column becomes as many. */
export function OptionsInput({ base }: { base: Option[] }) {
  const { drafts, list, set, focus } = useDrafts()
  const [opened, setOpened] = useState<string | null>(null)
  const finding = useForm()?.findingAt('options')
  const isWrong = (draft: OptionDraft, i: number) => finding !== undefined && (typeof finding.value === 'string' ? draft.label.trim() === finding.value : i === 0)

  const addAfter = (key: string | undefined) => {
    const at = drafts.findIndex(draft => draft.key === key)
    const next = drafts[at + 1]
    if (at >= 0 && next?.label === '') return focus(next.key)
    const made = newDraft('', drafts)
    set(at < 0 ? [...drafts, made] : [...drafts.slice(0, at + 1), made, ...drafts.slice(at + 1)])
    focus(made.key)
  }
  const remove = (key: string) => {
    const at = drafts.findIndex(draft => draft.key === key)
    const rest = drafts.filter(draft => draft.key !== key)
    set(rest.length === 0 ? [newDraft('', [])] : rest)
    focus(rest[Math.max(0, at - 1)]?.key)
  }
  const step = (key: string, by: -1 | 1) => focus(drafts[drafts.findIndex(draft => draft.key === key) + by]?.key)
  const move = (key: string, by: -1 | 1) => { set(moved(drafts, key, by)); focus(key) }

  return (
    <fieldset className={css.options}>
      <legend>{t('shaping.options')}<span aria-hidden="true">*</span></legend>
      <p className={css.hint}>{t('shaping.optionPaste')}</p>
      <ul ref={list}>
        {drafts.map((draft, i) => (
          <OptionLine key={draft.key} draft={draft} place={i + 1} count={drafts.length} isWrong={isWrong(draft, i)} isOpen={opened === draft.key} onOpen={isOpen => setOpened(isOpen ? draft.key : null)}
            onChange={change => set(drafts.map(each => (each === draft ? { ...draft, ...change } : each)))}
            onEnter={() => addAfter(draft.key)} onRemove={() => remove(draft.key)} onStep={by => step(draft.key, by)} onMove={by => move(draft.key, by)}
            onPaste={text => { const pasted = withPasted(drafts, draft.key, text); set(pasted); focus(pasted[pasted.findIndex(each => each.key === draft.key) + pasted.length - drafts.length]?.key) }} />
        ))}
      </ul>
      {finding && (
        <p className={css.refusal}>
          {finding.code === 'shape.optionInUse'
            ? <InUse text={findingText(finding)} option={base.find(option => option.label === finding.value)} onKeep={option => set([...drafts, ...draftsOf([{ ...option, retired: true }])])} />
            : <FieldProblem finding={finding} onFix={label => set(drafts.map(draft => (draft.label.trim() === finding.value ? { ...draft, label } : draft)))} />}
        </p>
      )}
      <Button look="quiet" icon="plus" onClick={() => addAfter(undefined)}>{t('shaping.optionAdd')}</Button>
    </fieldset>
  )
}

/** An option that records still have cannot go; it can rest. */
function InUse({ text, option, onKeep }: { text: string; option: Option | undefined; onKeep: (option: Option) => void }) {
  return <>{text}{option && <Button look="plain" onClick={() => onKeep(option)}>{t('shaping.optionKeep')}</Button>}</>
}

/** The options in the form, and the focus on one of them once it is there. */
function useDrafts() {
  const list = useRef<HTMLUListElement>(null)
  const wanted = useRef<string | undefined>(undefined)
  const { set } = useFormField('options')
  const drafts = draftsIn(useForm()?.values ?? {})
  const toWanted = () => {
    const input = list.current?.querySelector<HTMLInputElement>(`[data-option="${wanted.current}"] input`)
    if (input) wanted.current = undefined
    input?.focus()
  }
  useEffect(toWanted)
  const focus = (key: string | undefined) => {
    wanted.current = key
    if (key !== undefined) toWanted()
  }
  return { drafts, list, set: (next: OptionDraft[]) => set(next), focus }
}
