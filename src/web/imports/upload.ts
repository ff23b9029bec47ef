import { startImport } from '#shared/api/imports.ts'
import { Problem } from '#shared/problem.ts'
import { call } from '#web/api.ts'
import { problemText, t } from '#web/i18n.ts'
import { refresh } from '#web/queries.ts'
import { toast } from '#web/ui/toast.tsx'

/** Sends a file; the server reads and tries it in the background. Gives the id of the import, or null when it was refused at the door. */
export async function upload(file: File, object: string): Promise<string | null> {
  const form = new FormData()
  form.set('object', object)
  form.set('file', file)
  try {
    const { id } = await call(startImport, { form })
    refresh('imports')
    return id
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast({ text: `${t('import.state.refused')}: ${problemText(error)}` })
    return null
  }
}
