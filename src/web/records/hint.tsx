import { Tooltip } from '@mantine/core'
import { useState, type ReactElement } from 'react'

/**
 * What the mouse learns by resting on it. A finger taps to act, and a browser takes a tap for a mouse that rests there:
 * for a finger it stays away, and what it says stands in the history.
 */
export function Hint({ text, children }: { text: string; children: ReactElement }) {
  const [isMouse, setMouse] = useState(true)
  return (
    <Tooltip label={text} disabled={text === '' || !isMouse} position="top-start">
      <div onPointerEnter={event => setMouse(event.pointerType === 'mouse')}>{children}</div>
    </Tooltip>
  )
}
