import { useEffect, useState } from 'react'

/** When what is shown goes away, the focus is again where it was before it came. */
export function useFocusReturn() {
  const [before] = useState(() => document.activeElement)
  useEffect(() => () => {
    setTimeout(() => {
      const isLost = document.activeElement === null || document.activeElement === document.body
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus()
    })
  }, [before])
}
