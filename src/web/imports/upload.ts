import { startImport } from '#shared/api/imports.ts'
import { Problem } from '#shared/problem.ts'
import { address, headersOf, refusalOf } from '#web/api.ts'
import { connectionLost } from '#web/connection.ts'
import { hideTask, showTask } from '#web/frame/tray-store.ts'
import { problemText, t } from '#web/i18n.ts'
import { refresh } from '#web/queries.ts'
import { toast } from '#web/ui/toast.tsx'
import { newId } from '#web/new-id.ts'
import { followImports } from './follow.ts'

/** Sends a file, with a line in the task tray; the server reads and tries it in the background. Gives the id of the import, or null when it was refused at the door or called off. */
export async function upload(file: File, object: string, onShare: (share: number) => void = () => {}): Promise<string | null> {
  const form = new FormData()
  form.set('object', object)
  form.set('file', file)
  const task = newId()
  const request = new XMLHttpRequest()
  const label = t('import.uploading', { file: file.name })
  request.upload.onprogress = ({ loaded, total }) => {
    onShare(loaded / Math.max(1, total))
    showTask({ id: task, label, state: 'running', done: kilobytes(loaded), total: kilobytes(total), onCancel: () => request.abort() })
  }
  try {
    const response = await send(request, form, task)
    if (response === null) return null
    if (!response.ok) throw await refusalOf(response)
    const { id } = await response.json() as { id: string }
    refresh('imports')
    void followImports()
    return id
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    toast({ text: `${t('import.state.refused')}: ${problemText(error)}` })
    return null
  } finally {
    hideTask(task)
  }
}

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024)

/** By the one request of a browser that says how far an upload is; null when somebody called it off. */
function send(request: XMLHttpRequest, form: FormData, operationId: string): Promise<Response | null> {
  return new Promise((resolve, reject) => {
    request.open(startImport.method, address(startImport, { form }))
    Object.entries(headersOf({}, { operationId })).forEach(([name, value]) => request.setRequestHeader(name, value))
    request.onload = () => resolve(new Response(request.responseText, { status: request.status }))
    request.onabort = () => resolve(null)
    request.onerror = () => {
      connectionLost('server')
      reject(new Problem('network.lost'))
    }
    request.send(form)
  })
}
