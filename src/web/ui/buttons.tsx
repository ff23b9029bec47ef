import { ActionIcon, Button as MantineButton, Tooltip } from '@mantine/core'
import type { ReactNode, Ref } from 'react'
import { useForm } from './form.tsx'
import { Icon, type IconName } from './icon.tsx'
import classes from './buttons.module.css'
import { KeyHint } from './key-hint.tsx'

interface ButtonProps {
  children: ReactNode
  onClick?: () => void
  icon?: IconName
  /** main: the one thing to do next; plain: beside it; quiet: without an edge; danger: cannot be taken back. */
  look?: 'main' | 'plain' | 'quiet' | 'danger'
  busy?: boolean
  disabled?: boolean
  type?: 'button' | 'submit'
  keys?: string
  autoFocus?: boolean
  wide?: boolean
}

export function Button({ children, onClick, icon, look = 'plain', busy = false, disabled = false, type = 'button', keys, autoFocus = false, wide = false }: ButtonProps) {
  return (
    <MantineButton type={type} variant="unstyled" className={`${classes.button} ${classes[look]}`} loading={busy} disabled={disabled} fullWidth={wide}
      {...(autoFocus ? { 'data-autofocus': true } : {})} {...(onClick ? { onClick } : {})}
      {...(icon ? { leftSection: <Icon name={icon} size={18} /> } : {})} {...(keys ? { rightSection: <KeyHint keys={keys} /> } : {})}>
      {children}
    </MantineButton>
  )
}

/** Sends the form it stands in; shows that it is on its way. */
export function SubmitButton({ busy, ...props }: Omit<ButtonProps, 'type' | 'look'>) {
  const form = useForm()
  return <Button {...props} type="submit" look="main" busy={busy ?? form?.busy ?? false} />
}

interface IconButtonProps { icon: IconName; label: string; onClick?: () => void; keys?: string; size?: number; pressed?: boolean; disabled?: boolean; ref?: Ref<HTMLButtonElement> }

/** A button that is only a sign: its label is read aloud and shown on hover. */
export function IconButton({ icon, label, onClick, keys, size = 18, pressed, disabled = false, ref, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={<>{label}{keys && <> <KeyHint keys={keys} /></>}</>}>
      <ActionIcon {...rest} {...(ref ? { ref } : {})} variant="subtle" color="gray" className="kb-icon-button" aria-label={label} disabled={disabled}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} {...(onClick ? { onClick } : {})}>
        <Icon name={icon} size={size} />
      </ActionIcon>
    </Tooltip>
  )
}
