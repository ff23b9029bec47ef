import type { ViewKind } from '#shared/view.ts'
import { Board } from './board.tsx'
import { Calendar } from './calendar.tsx'
import { Gallery } from './gallery.tsx'
import type { KindProps } from './kinds.ts'

const kinds = { board: Board, calendar: Calendar, gallery: Gallery }

/** Everything but the sheet. They share most of their pieces, so they come together. */
export function KindScreen({ kind, ...props }: KindProps & { kind: Exclude<ViewKind, 'sheet'> }) {
  const Kind = kinds[kind]
  return <Kind {...props} />
}
