import { useEffect } from 'react'
import { currentConnection, onConnection } from '#web/connection.ts'
import { t } from '#web/i18n.ts'
import { Button } from '#web/ui/buttons.tsx'
import { EmptyState } from '#web/ui/states.tsx'

/** A screen that failed: the frame around it goes on. Its files could not be fetched, or it has a fault. */
export function Crash({ error }: { error: unknown }) {
  // Fetched from a server that was away, or replaced by a newer build: it comes with a reload, as soon as there is somebody to ask.
  const isUnfetched = error instanceof Error && /module|chunk|preload/i.test(error.message)
  useEffect(() => (isUnfetched ? onConnection(() => { if (currentConnection() === 'ok') location.reload() }) : undefined), [isUnfetched])
  return (
    <EmptyState drawing="broken" action={<Button look="main" onClick={() => location.reload()}>{t('frame.reload')}</Button>}>
      {t(isUnfetched ? 'frame.unfetched' : 'frame.crashed')}
    </EmptyState>
  )
}
