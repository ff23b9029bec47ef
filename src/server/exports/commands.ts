import { existsSync } from 'node:fs'
import path from 'node:path'
import { system } from '#server/access/viewer.ts'
import { exportFormats, type ExportQuery } from '#shared/api/exports.ts'
import type { Filter } from '#shared/filter.ts'
import { Problem } from '#shared/problem.ts'
import type { Command, CommandContext, CommandResult } from '../command.ts'
import { say } from '../say.ts'
import { auditExport, requireExportable, writeList } from './run.ts'

/** `export customers --out FILE [--format xlsx|csv] [--filter JSON] [--sort=-createdAt] [--fields name,phone]` */
export const exportCommand: Command = {
  options: { object: { type: 'string' }, out: { type: 'string' }, format: { type: 'string' }, filter: { type: 'string' }, q: { type: 'string' }, sort: { type: 'string' }, fields: { type: 'string' } },
  run: write,
}

async function write({ db, config, words, options }: CommandContext): Promise<CommandResult> {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const [object, out] = [words[0] ?? text('object'), text('out')]
  const format = exportFormats.find(known => known === (text('format') ?? (out?.endsWith('.csv') === true ? 'csv' : 'xlsx')))
  if (object === undefined || out === undefined || words.length > 1 || format === undefined) throw new Problem('usage.export')
  const viewer = { ...system('export'), lang: config.lang, timeZone: config.timeZone }
  requireExportable(viewer, object)
  if (existsSync(out)) throw new Problem('export.exists', { file: out })
  const query = queryOf(text('filter'), text('q'), text('sort'), text('fields'))
  const written = await writeList(db, viewer, { object, query, format }, { path: out, flags: 'wx' })
  await auditExport(db, viewer, { object, query, format, ...written })

  return { text: say(config.lang, 'export.text', { ...written, file: path.resolve(out) }), facts: { object, format, file: path.resolve(out), ...written } }
}

function queryOf(filter: string | undefined, q: string | undefined, sort: string | undefined, fields: string | undefined): ExportQuery {
  return { ...(filter !== undefined && { filter: filterOf(filter) }), ...(q !== undefined && { q }), ...(sort !== undefined && { sort }), ...(fields !== undefined && { fields: fields.split(',').map(name => name.trim()) }) }
}

function filterOf(text: string): Filter {
  try {
    return JSON.parse(text) as Filter
  } catch {
    throw new Problem('request.malformed', { detail: '--filter' })
  }
}
