import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import { Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { t } from '#web/i18n.ts'
import classes from './dialog.module.css'
import type { DialogProps } from './dialog.tsx'
import { useFocusReturn } from './focus-return.ts'

/** The box of a dialog: comes with the first one that opens. */
export function DialogBox({ title, onClose, children, width = 480, opened = true }: DialogProps) {
  useFocusReturn()
  const isPhone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false }) ?? false
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={width} fullScreen={isPhone} centered={!isPhone} padding={24}
      classNames={{ content: classes.content ?? '', header: classes.header ?? '', title: classes.title ?? '', overlay: classes.overlay ?? '' }} closeButtonProps={{ 'aria-label': t('ui.close') }}>
      {children}
    </Modal>
  )
}
