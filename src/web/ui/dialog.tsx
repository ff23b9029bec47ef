import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { t } from '#web/i18n.ts'
import classes from './dialog.module.css'

interface Props { title: ReactNode; onClose(): void; children: ReactNode; /** px */ width?: number; /** Shown at all; a dialog that is only mounted while open needs nothing. */ opened?: boolean }

/** One thing to decide. Esc closes it and the focus goes back; on a phone it fills the screen. */
export function Dialog({ title, onClose, children, width = 480, opened = true }: Props) {
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={width} fullScreen={isPhone} centered={!isPhone} padding={24}
      classNames={{ content: classes.content ?? '', header: classes.header ?? '', title: classes.title ?? '', overlay: classes.overlay ?? '' }} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {children}
    </Modal>
  )
}

/** The row of buttons that ends a dialog: what to do at the right, the way out beside it. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className={classes.buttons}>{children}</div>
}
