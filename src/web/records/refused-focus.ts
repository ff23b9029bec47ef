import { useEffect, useRef } from 'react'

/** After every refused attempt the first refused input of the form has the focus. */
export function useRefusedFocus(attempt: number) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [attempt])
  return form
}
