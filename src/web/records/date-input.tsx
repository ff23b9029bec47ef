import { ActionIcon, Popover, TextInput } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { t } from '#web/i18n.ts'
import { Icon } from '#web/ui/icon.tsx'
import type { EditorProps } from './field-input.tsx'
import { asTyped, useTyped } from './typed-input.tsx'
import { editText } from './values.ts'

// The calendar comes when somebody opens it; typing works at once.
const Calendar = lazy(() => import('./calendar.tsx'))

/** A date typed in any Chinese spelling (5月10日, 2024/5/10, 20240510), or picked. Alt+↓ opens the calendar. */
export function DateInput(props: EditorProps) {
  const { field, value, onChange, around, autoFocus } = props
  const [isOpen, setOpen] = useState(false)
  const { error, ...typed } = useTyped({ ...props, onDone: isOpen ? undefined : props.onDone })
  const pick = (date: string) => {
    const time = field.type === 'datetime' ? ` ${editText(value, field).slice(11, 16) || '09:00'}` : ''
    onChange(`${date}${time}`)
    setOpen(false)
    props.onDone?.()
  }
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus withinPortal withRoles={false}>
      <Popover.Target>
        <TextInput
          {...around} {...asTyped} {...typed} error={error} placeholder={field.type === 'datetime' ? 'YYYY-MM-DD HH:mm' : 'YYYY-MM-DD'} autoFocus={autoFocus ?? false} data-autofocus={autoFocus || undefined}
          onKeyDown={event => { if (event.altKey && event.key === 'ArrowDown') { event.preventDefault(); setOpen(true) } }}
          rightSectionWidth={36} rightSection={
            <ActionIcon variant="subtle" color="gray" tabIndex={-1} aria-label={t('input.pickDate')} onMouseDown={event => event.preventDefault()} onClick={() => setOpen(true)}><Icon name="calendar" size={18} /></ActionIcon>}
        />
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Suspense fallback={<div style={{ width: 252, height: 284 }} />}><Calendar value={editText(value, field).slice(0, 10)} onPick={pick} /></Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
