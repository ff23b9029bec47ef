import type { ReactNode } from 'react'
import classes from './alert.module.css'
import { Icon } from './icon.tsx'

/** Something that needs to be read before going on. `quiet`: it only points at what is marked elsewhere. */
export function Alert({ children, quiet = false, action }: { children: ReactNode; quiet?: boolean; action?: ReactNode }) {
  return (
    <div role="alert" className={quiet ? `${classes.alert} ${classes.quiet}` : classes.alert}>
      <Icon name="warning" size={18} />
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  )
}
