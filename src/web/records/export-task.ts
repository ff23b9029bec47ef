import { exportFile, getExport, listExports, startExport } from '#shared/api/exports.ts'
import type { ExportOut } from '#shared/api/exports.ts'
import type { Filter } from '#shared/filter.ts'
import { address, call, read } from '#web/api.ts'
import { showTask } from '#web/frame/tray-store.ts'
import { findingText, t } from '#web/i18n.ts'
import { toast } from '#web/ui/toast.tsx'
import { attempt } from './acts.ts'

export interface ExportQuery { object: string; filter?: Filter; q?: string; sort?: string; fields?: string[]; ids?: string[]; format: 'xlsx' | 'csv' }

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** Writes a list to a file in the background: a line in the task tray, and the file to take when it is ready. */
export const runExport = (query: ExportQuery, count: number) => attempt(async () => {
  const label = t('bulk.exporting', { count: count.toLocaleString() })
  const started = await call(startExport, { body: query })
  await watch(started, count, label)
})

/** Exports that were at work when the page was loaded are in the task tray again. */
export async function followExports() {
  const { exports } = await read(listExports, {})
  await Promise.all(exports.filter(one => one.state === 'running').map(one => watch(one, one.rows, t('export.running', { name: one.name }))))
}

async function watch(started: ExportOut, count: number, label: string) {
  showTask({ id: started.id, label, state: 'running' })
  const ended = await follow(started, count, label)
  const action = { label: t('bulk.download'), run: () => download(ended) }
  if (ended.state === 'failed') {
    showTask({ id: ended.id, label: t('bulk.exportFailed'), state: 'failed' })
    return toast({ text: ended.refusal === null ? t('bulk.exportFailed') : `${t('bulk.exportFailed')}: ${findingText(ended.refusal)}` })
  }
  showTask({ id: ended.id, label: ended.name, state: 'done', done: ended.rows, total: ended.rows, action })
  toast({ text: t('bulk.exported', { name: ended.name, rows: ended.rows.toLocaleString() }), action })
}

async function follow(started: ExportOut, count: number, label: string): Promise<ExportOut> {
  let now = started
  for (let wait = 300; now.state === 'running'; wait = Math.min(wait * 1.5, 3000)) {
    await pause(wait)
    now = await read(getExport, { params: { id: started.id } })
    if (now.state === 'running') showTask({ id: now.id, label, state: 'running', done: now.rows, total: Math.max(count, now.rows) })
  }
  return now
}

/** The browser fetches and keeps the file. */
export function download({ id, name }: ExportOut) {
  const link = document.createElement('a')
  link.href = address(exportFile, { params: { id } })
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
}
