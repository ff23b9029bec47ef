import { useNavigate } from '@tanstack/react-router'
import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { Screen } from './screen.tsx'

export function NotFound() {
  const go = useNavigate()
  return (
    <Screen title={t('product.name')}>
      <EmptyState drawing="lost" action={<Button look="main" onClick={() => void go({ to: '/' })}>{t('frame.toStart')}</Button>}>{t('frame.notFound')}</EmptyState>
    </Screen>
  )
}
