import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { upload } from './upload.ts'

/** Sends a file from a screen and opens its import; `busy` while it is on its way. */
export function useUpload() {
  const [busy, setBusy] = useState<{ file: string; share: number } | null>(null)
  const go = useNavigate()
  const take = async (file: File, object: string) => {
    setBusy({ file: file.name, share: 0 })
    const id = await upload(file, object, share => setBusy({ file: file.name, share }))
    setBusy(null)
    if (id !== null) await go({ to: '/import/$id', params: { id } })
  }
  return { busy, take }
}
