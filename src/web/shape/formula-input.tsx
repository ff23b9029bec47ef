import { useDebouncedValue } from '@mantine/hooks'
import { useId, useRef, useState } from 'react'
import type { ShapedField } from '#shared/api/fields.ts'
import { isFunction, type FunctionName } from '#shared/formula/functions.ts'
import { inWords, isWrong, readFormula, type ReadFormula } from '#shared/formula/read.ts'
import type { FormulaProblem } from '#shared/formula/tree.ts'
import { t, useLang } from '#web/i18n.ts'
import { useForm } from '#web/ui/form-context.ts'
import { FieldProblem, useFormField } from '#web/ui/form.tsx'
import { FieldPicker, FunctionPicker, usageOf } from './formula-pickers.tsx'
import { asFields, piecesOf, put } from './formula-text.ts'
import css from './formula.module.css'
import { typeWord } from './types.ts'

/**
 * A formula, typed with the labels of the fields; what is wrong is underlined where it stands, a moment after one stops typing.
 * In the form it is as it would be stored, by names.
 */
export function FormulaInput({ fields: given }: { fields: ShapedField[] }) {
  const lang = useLang()
  const id = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const form = useForm()
  const field = useFormField('formula')
  const fields = asFields(given)
  const [text, setText] = useState(() => inWords(typeof field.value === 'string' ? field.value : '', fields, lang))
  const [rested] = useDebouncedValue(text, 500)
  const read = readFormula(text, fields, 'words')
  const problem = isWrong(read) && text.trim() !== '' && rested === text ? read.problem : null

  const change = (next: string) => {
    setText(next)
    const understood = readFormula(next, fields, 'words')
    field.set(isWrong(understood) ? next : understood.stored)
    form?.set('kind', isWrong(understood) ? '' : understood.kind)
  }
  const write = (words: string, from = area.current?.selectionStart ?? text.length, to = area.current?.selectionEnd ?? text.length) => {
    const next = put(text, from, to, words)
    change(next.text)
    requestAnimationFrame(() => { area.current?.focus(); area.current?.setSelectionRange(next.caret, next.caret) })
  }
  return (
    <div className={css.labelled}>
      <label className={css.label} htmlFor={id}>{t('formula.formula')}<span aria-hidden="true">*</span></label>
      <div className={css.editor} data-wrong={problem !== null || undefined}>
        <pre aria-hidden="true">{piecesOf(text, problem).map((piece, i) => <span key={i} className={piece.is === 'plain' ? undefined : css[piece.is]}>{piece.text}</span>)}{'\n'}</pre>
        <textarea ref={area} id={id} value={text} spellCheck={false} autoCapitalize="off" autoCorrect="off" aria-required="true" aria-invalid={problem !== null || field.error !== null || undefined} aria-describedby={`${id}-said`}
          placeholder={text === '' ? exampleOf(given, lang) : undefined} onChange={event => change(event.currentTarget.value)} />
      </div>
      <div className={css.tools}>
        <FieldPicker fields={fields} onPick={words => write(words)} />
        <FunctionPicker onPick={words => write(words)} />
      </div>
      <Said id={`${id}-said`} read={read} problem={problem} refused={field.error} isEmpty={text.trim() === ''} example={exampleOf(given, lang)} onFix={proposal => problem && write(proposal, problem.at, problem.at + problem.length)} />
    </div>
  )
}

interface SaidProps { id: string; read: ReadFormula | { problem: FormulaProblem }; problem: FormulaProblem | null; refused: React.ReactNode; isEmpty: boolean; example: string; onFix: (proposal: string) => void }

/** What is wrong and how to mend it; else what the formula gives. */
function Said({ id, read, problem, refused, isEmpty, example, onFix }: SaidProps) {
  if (problem) {
    const name = String(problem.values?.['name'] ?? '')
    return (
      <p id={id} className={css.said} data-wrong role="status">
        <FieldProblem finding={problem} onFix={onFix} />{problem.code === 'formula.arguments' && isFunction(name) && <> {usageOf(name as FunctionName)}</>}
      </p>
    )
  }
  if (refused !== null && !isWrong(read)) return <p id={id} className={css.said} data-wrong role="status">{refused}</p>
  if (isEmpty) return <p id={id} className={css.said} role="status">{t('formula.help', { example })}</p>
  if (isWrong(read)) return <p id={id} className={css.said} role="status" />
  return <p id={id} className={css.said} role="status">{t('formula.fine', { type: typeWord(read.kind) })}{read.usesToday && <> · {t('formula.today')}</>}</p>
}

/** A formula that this object could have. */
function exampleOf(fields: ShapedField[], lang: 'zh-CN' | 'en'): string {
  const [amount, count] = [fields.find(field => field.type === 'money'), fields.find(field => field.type === 'number')]
  if (amount) return `{${amount.label[lang]}} * 0.9`
  return count ? `{${count.label[lang]}} + 1` : `{${fields.find(field => field.type === 'text')?.label[lang] ?? ''}} & "!"`
}
