import { hues, type OptionIn } from '#shared/api/fields.ts'
import type { Hue, Option } from '#shared/object.ts'
import { newId } from '#web/new-id.ts'

/** An option while it is being edited; `id` once the company has it. */
export interface OptionDraft { key: string; id?: string; label: string; color: Hue; definition: string; retired: boolean }

/** Tints in turn, so that options stand apart without anybody choosing. */
const turn: readonly Hue[] = ['blue', 'green', 'amber', 'violet', 'teal', 'orange', 'pink', 'slate', 'red', 'grey']

export const draftsOf = (options: readonly Option[] = []): OptionDraft[] =>
  options.map(({ id, label, color, definition = '', retired = false }) => ({ key: id, id, label, color, definition, retired }))

/** What is sent: the empty line at the end is nobody's wish. */
export const optionsOf = (drafts: readonly OptionDraft[]): OptionIn[] =>
  drafts.filter(draft => draft.label.trim() !== '').map(({ id, label, color, definition, retired }) => ({ ...(id === undefined ? {} : { id }), label: label.trim(), color, definition: definition.trim(), retired }))

/** A new one in the tint that is used least. */
export function newDraft(label: string, others: readonly OptionDraft[]): OptionDraft {
  const uses = (hue: Hue) => others.filter(other => other.color === hue).length
  const color = [...turn].sort((a, b) => uses(a) - uses(b))[0] ?? hues[0]
  return { key: newId(), label, color, definition: '', retired: false }
}

/** What was pasted, as labels: one a line, also a column or row of a sheet, without marks of lists and without what is there already. */
export function pastedLabels(text: string, others: readonly OptionDraft[]): string[] {
  const seen = new Set(others.map(other => other.label.trim().toLowerCase()))
  const parts = text.split(/[\r\n\t]+/).map(part => part.replace(/^\s*(?:[-*•·]|\d+[.)、．])\s*/, '').trim())
  return parts.filter(part => part !== '' && !seen.has(part.toLowerCase()) && Boolean(seen.add(part.toLowerCase())))
}

/** Several pasted labels in the place of an option: the first is its own, the others follow. */
export function withPasted(drafts: readonly OptionDraft[], key: string, text: string): OptionDraft[] {
  const at = drafts.findIndex(draft => draft.key === key)
  const target = drafts[at]
  if (!target) return [...drafts]
  const rest = drafts.filter(draft => draft !== target)
  const labels = pastedLabels(text, target.label === '' ? rest : drafts)
  const own = target.label === '' ? { ...target, label: labels.shift() ?? '' } : target
  const made = [...drafts.slice(0, at), own]
  for (const label of labels) made.push(newDraft(label, [...made, ...drafts.slice(at + 1)]))
  return [...made, ...drafts.slice(at + 1)]
}

export function moved<T extends { key: string }>(drafts: readonly T[], key: string, by: -1 | 1): T[] {
  const at = drafts.findIndex(draft => draft.key === key)
  const [one, other] = [drafts[at], drafts[at + by]]
  if (!one || !other) return [...drafts]
  return drafts.map((draft, i) => (i === at ? other : i === at + by ? one : draft))
}

/**
 * Mine on top of what somebody else saved meanwhile: what they added stays, at the end; what they removed is gone; what I did not
 * touch is as they have it.
 */
export function onTop(mine: readonly OptionDraft[], base: readonly Option[], theirs: readonly Option[]): OptionDraft[] {
  const before = new Map(draftsOf(base).map(draft => [draft.key, draft]))
  const now = new Map(draftsOf(theirs).map(draft => [draft.key, draft]))
  const kept = mine.flatMap(draft => {
    if (draft.id === undefined) return [draft]
    const current = now.get(draft.id)
    if (!current) return []
    return [JSON.stringify(draft) === JSON.stringify(before.get(draft.id)) ? current : draft]
  })
  const labels = new Set(kept.map(draft => draft.label.trim()))
  return [...kept.filter(draft => draft.label.trim() !== ''), ...[...now.values()].filter(draft => !before.has(draft.key) && !labels.has(draft.label))]
}
