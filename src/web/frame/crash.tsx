import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** A screen that failed: the frame around it goes on. A new build whose files replaced the open ones is the usual reason. */
export function Crash() {
  return <EmptyState drawing="broken" action={<Button look="main" onClick={() => location.reload()}>{t('frame.reload')}</Button>}>{t('frame.crashed')}</EmptyState>
}
