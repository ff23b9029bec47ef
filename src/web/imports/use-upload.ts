import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { connectionLost } from '#web/connection.ts'

/** Sends a file from a screen and opens its import; `busy` while it is on its way. */
export function useUpload() {
  const [busy, setBusy] = useState<{ file: string; share: number } | null>(null)
  const go = useNavigate()
  const take = async (file: File, object: string) => {
    setBusy({ file: file.name, share: 0 })
    const { upload } = await import('./upload.ts').catch(missing)
    const id = await upload(file, object, share => setBusy({ file: file.name, share }))
    setBusy(null)
    if (id !== null) await go({ to: '/import/$id', params: { id } })
  }
  return { busy, take }
}

/** How to send could not be loaded: like a file that did not arrive. */
function missing() {
  connectionLost('server')
  return { upload: () => Promise.resolve(null) }
}
