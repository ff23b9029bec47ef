import type { Finding } from '#shared/problem.ts'
import { findingText, t } from '#web/i18n.ts'
import css from './field-input.module.css'

/** Why a value is refused, in a person's words, with the fix as a button. */
export function Refusal({ finding, onUse }: { finding: Finding; onUse: (value: unknown) => void }) {
  return (
    <span className={css.refusal}>
      <span>{findingText(finding)}</span>
      {finding.proposal !== undefined && (
        <button type="button" className={css.proposal} onMouseDown={event => event.preventDefault()} onClick={() => onUse(finding.proposal)}>
          {t('value.useProposal', { proposal: finding.proposal })}
        </button>
      )}
    </span>
  )
}
