import { useEffect, useState } from 'react'
import { onElsewhere, sayEditing } from '#web/live.ts'

/** ms after which a screen that says nothing has left; and between two words of one that still works. */
const silence = 15_000
const pulse = 5_000

type Cells = ReadonlyMap<string, ReadonlyMap<string, string>>
interface Other { id: string; field: string; name: string; at: number }

/** Who else works in which cell of these records, by record and field; and how to tell others where this person does. */
export function useOthers(object: string) {
  const [cells, setCells] = useState<Cells>(new Map())
  const [say] = useState(teller)
  useEffect(() => {
    const screens = new Map<string, Other>()
    const show = () => setCells(cellsOf([...screens.values()]))
    const stop = onElsewhere(({ screen, user, id, field, ...rest }) => {
      const before = screens.delete(screen)
      if (user && id !== undefined && field !== undefined && rest.object === object) screens.set(screen, { id, field, name: user.name, at: Date.now() })
      else if (!before) return
      show()
    })
    const timer = setInterval(() => {
      const silent = [...screens].filter(([, { at }]) => Date.now() - at > silence)
      silent.forEach(([screen]) => screens.delete(screen))
      if (silent.length > 0) show()
    }, 1_000)
    return () => { stop(); clearInterval(timer); say(null) }
  }, [object, say])
  return {
    others: cells.size === 0 ? undefined : (id: string) => cells.get(id),
    onEditing: (cell: { rowId: string; column: string } | null) => say(cell && { object, id: cell.rowId, field: cell.column }),
  }
}

/** Says it at once, and again as long as it is so. */
function teller() {
  let timer: ReturnType<typeof setInterval> | undefined
  return (place: Parameters<typeof sayEditing>[0]) => {
    if (timer === undefined && place === null) return
    clearInterval(timer)
    timer = place === null ? undefined : setInterval(() => sayEditing(place), pulse)
    sayEditing(place)
  }
}

function cellsOf(others: Other[]): Cells {
  const cells = new Map<string, Map<string, string>>()
  for (const { id, field, name } of others) {
    const row = cells.get(id) ?? new Map<string, string>()
    const names = row.get(field)?.split('、') ?? []
    cells.set(id, row.set(field, [...names, ...(names.includes(name) ? [] : [name])].join('、')))
  }
  return cells
}
