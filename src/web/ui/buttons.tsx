import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import classes from './buttons.module.css'
import { useForm } from './form-context.ts'
import { Icon, type IconName } from './icon.tsx'
import { KeyHint, keyText } from './key-hint.tsx'

type Aria = Pick<ButtonHTMLAttributes<HTMLButtonElement>, `aria-${'haspopup' | 'expanded' | 'controls'}`>

interface ButtonProps extends Aria {
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
  ref?: Ref<HTMLButtonElement>
}

export function Button({ children, onClick, icon, look = 'plain', busy = false, disabled = false, type = 'button', keys, autoFocus = false, wide = false, ...rest }: ButtonProps) {
  const names = [classes.button, classes[look], busy ? classes.busy : '', wide ? classes.wide : '']
  return (
    <button {...rest} type={type} className={names.join(' ')} disabled={disabled} aria-busy={busy || undefined} {...(autoFocus ? { 'data-autofocus': true } : {})}
      onClick={event => {
        if (busy) event.preventDefault()
        else onClick?.()
      }}>
      {icon && <Icon name={icon} size={18} />}<span>{children}</span>{keys && <KeyHint keys={keys} />}
    </button>
  )
}

/** Sends the form it stands in; shows that it is on its way. */
export function SubmitButton({ busy, ...props }: Omit<ButtonProps, 'type' | 'look'>) {
  const form = useForm()
  return <Button {...props} type="submit" look="main" busy={busy ?? form?.busy ?? false} />
}

interface IconButtonProps extends Aria { icon: IconName; label: string; onClick?: () => void; keys?: string; size?: number; pressed?: boolean; disabled?: boolean; ref?: Ref<HTMLButtonElement> }

/** A button that is only a sign: its label is read aloud and shown on hover. */
export function IconButton({ icon, label, onClick, keys, size = 18, pressed, ...rest }: IconButtonProps) {
  return (
    <button {...rest} type="button" className={classes.sign} aria-label={label} title={keys ? `${label} (${keyText(keys)})` : label}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} {...(onClick ? { onClick } : {})}>
      <Icon name={icon} size={size} />
    </button>
  )
}
