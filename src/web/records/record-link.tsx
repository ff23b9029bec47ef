import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface Props { object: string; id: string; className?: string | undefined; children: ReactNode; title?: string }

/** To the page of a record. */
export function RecordLink({ object, id, children, className, title }: Props) {
  return <Link to="/$object/$id" params={{ object, id }} className={className} title={title} onClick={event => event.stopPropagation()}>{children}</Link>
}
