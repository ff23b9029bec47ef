import { localTime, timeZone } from '#shared/dates.ts'

const DAY = 86_400_000

/** By UTC day: how far the zone is ahead, or null on the days on which that changes. */
const offsets = new Map<number, number | null>()
let zoneOfOffsets = ''

/** An instant as the company's clocks show it, 'YYYY-MM-DD HH:mm:ss'; a text that is no instant with an offset stays as it is. */
export function wallClock(text: string): string {
  if (!/T.*(Z|[+-]\d\d:?\d\d)$/.test(text)) return text
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) return text
  return new Date(instant + offsetAt(instant)).toISOString().slice(0, 19).replace('T', ' ')
}

/** Asking the zone costs microseconds; a list of a million rows asks two million times. */
function offsetAt(instant: number) {
  if (zoneOfOffsets !== timeZone()) offsets.clear()
  zoneOfOffsets = timeZone()
  const day = Math.floor(instant / DAY)
  let known = offsets.get(day)
  if (known === undefined) {
    const [begin, end] = [askOffset(day * DAY), askOffset((day + 1) * DAY)]
    known = begin === end ? begin : null
    offsets.set(day, known)
  }
  return known ?? askOffset(instant)
}

function askOffset(instant: number) {
  const whole = Math.floor(instant / 1000) * 1000
  const { day, time } = localTime(new Date(whole).toISOString(), timeZone())
  return Date.parse(`${day}T${time}Z`) - whole
}
