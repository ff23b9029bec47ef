/** The place of a column, in px from the left edge of the sheet. */
export interface Track { x: number; width: number }
/** Both ends included. */
export interface Span { from: number; to: number }
/** The sheet as a body of rows behind a window of `viewHeight` px. */
export interface Frame { rows: number; rowHeight: number; viewHeight: number }
/** `y` is the first visible px of the sheet, `scrollTop` the scroll position that stands for it. */
export interface Position { y: number; scrollTop: number }

/** Browsers cut elements somewhere above 16 million px; taller sheets scroll scaled. */
export const maxPixels = 12_000_000
/** Near both ends a scaled sheet scrolls 1:1, so that no row is out of reach. */
const endZone = 1_000_000
const overscan = 4
/** Columns enter the window in groups, or every crossed edge would draw all rows again. */
const columnGroup = 4

export const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))

export const fullHeight = (frame: Frame) => frame.rows * frame.rowHeight
export const bodyHeight = (frame: Frame) => Math.min(fullHeight(frame), maxPixels)
export const isScaled = (frame: Frame) => fullHeight(frame) > maxPixels
const farthest = (frame: Frame) => Math.max(0, fullHeight(frame) - frame.viewHeight)

/** px of sheet for one px of scrolling, between the end zones. */
const ratio = (frame: Frame) => (fullHeight(frame) - 2 * endZone) / (maxPixels - 2 * endZone)

/** What a scroll position shows when the scrollbar was dragged there. */
export function yAt(scrollTop: number, frame: Frame): number {
  if (!isScaled(frame)) return clamp(scrollTop, 0, farthest(frame))
  if (scrollTop <= endZone) return Math.max(0, scrollTop)
  const fromEnd = maxPixels - scrollTop
  if (fromEnd <= endZone) return clamp(fullHeight(frame) - fromEnd, 0, farthest(frame))
  return Math.round(endZone + (scrollTop - endZone) * ratio(frame))
}

/** The scroll position that stands for `y`. */
export function scrollTopAt(y: number, frame: Frame): number {
  if (!isScaled(frame) || y <= endZone) return y
  const fromEnd = fullHeight(frame) - y
  if (fromEnd <= endZone) return maxPixels - fromEnd
  return Math.round(endZone + (y - endZone) / ratio(frame))
}

/** Follows the scrollbar: short ways move the sheet by as much, long ways jump to where the bar stands. */
export function follow(scrollTop: number, before: Position, frame: Frame): Position {
  const step = scrollTop - before.scrollTop
  const isShort = isScaled(frame) && Math.abs(step) < frame.viewHeight
  const isAtEnd = scrollTop <= 0 || scrollTop >= bodyHeight(frame) - frame.viewHeight
  const y = isShort && !isAtEnd ? clamp(before.y + step, 0, farthest(frame)) : yAt(scrollTop, frame)
  return { y, scrollTop }
}

export const positionAt = (y: number, frame: Frame): Position => {
  const reachable = clamp(Math.round(y), 0, farthest(frame))
  return { y: reachable, scrollTop: scrollTopAt(reachable, frame) }
}

/** The rows to draw: always the same number of them while the height stays, so that they can be recycled. */
export function rowWindow(y: number, frame: Frame): Span {
  const size = Math.ceil(frame.viewHeight / frame.rowHeight) + 2 * overscan + 1
  const from = clamp(Math.floor(y / frame.rowHeight) - overscan, 0, Math.max(0, frame.rows - size))
  return { from, to: Math.min(frame.rows, from + size) - 1 }
}

/** The row that positions are counted from: px from far away lose their digits in a transform. */
export const anchorRow = (from: number, frame: Frame) => (isScaled(frame) ? from - (from % 1024) : 0)

export function place(widths: readonly number[], start: number): Track[] {
  let x = start
  return widths.map(width => {
    const track = { x, width }
    x += width
    return track
  })
}

export const endOf = (tracks: readonly Track[], start: number) => {
  const last = tracks.at(-1)
  return last ? last.x + last.width : start
}

/** The track under `x`, or the nearest one. */
export function trackAt(tracks: readonly Track[], x: number): number {
  let low = 0
  let high = tracks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((tracks[middle]?.x ?? 0) <= x) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** The columns to draw beside the frozen ones. */
export function columnWindow(tracks: readonly Track[], frozen: number, left: number, viewWidth: number): Span {
  const last = tracks.length - 1
  const hiddenWidth = tracks[frozen]?.x ?? 0
  const from = trackAt(tracks, left + hiddenWidth)
  const to = trackAt(tracks, left + viewWidth)
  return {
    from: clamp(from - (from % columnGroup), frozen, Math.max(frozen, last)),
    to: Math.min(last, to - (to % columnGroup) + columnGroup - 1),
  }
}

/** How far to scroll down so that `row` is wholly visible; the same `y` when it is. */
export function revealRow(row: number, y: number, frame: Frame): number {
  const top = row * frame.rowHeight
  if (top < y) return top
  return Math.max(y, top + frame.rowHeight - frame.viewHeight)
}

/** How far to scroll right so that a column that is not frozen is wholly visible, its beginning first. */
export function revealTrack(track: Track, left: number, frozenWidth: number, viewWidth: number): number {
  if (track.x - frozenWidth < left) return track.x - frozenWidth
  return Math.max(left, Math.min(track.x - frozenWidth, track.x + track.width - viewWidth))
}
