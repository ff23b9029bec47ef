import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { system } from '#server/access/viewer.ts'
import { installQueue } from '#server/db/queue.ts'
import { useStore } from '#server/files/store.ts'
import { Problem } from '#shared/problem.ts'
import type { Command, CommandContext, CommandResult } from '../command.ts'
import { say } from '../say.ts'
import { tryFile, write } from './bring.ts'
import { problemFile } from './problems.ts'
import { modes, type Import } from './state.ts'

/** `import FILE --object customers [--mode upsert --match number] [--commit]`: tries the file, and with --commit writes it and prints the receipt. */
export const importCommand: Command = {
  options: { object: { type: 'string' }, mode: { type: 'string' }, match: { type: 'string' }, password: { type: 'string' }, problems: { type: 'string' }, commit: { type: 'boolean' } },
  run: bring,
}

async function bring({ db, config, words: [file, ...more], options, progress }: CommandContext): Promise<CommandResult> {
  const mode = modes.find(known => known === (options['mode'] ?? 'create'))
  if (file === undefined || more.length > 0 || typeof options['object'] !== 'string' || mode === undefined) throw new Problem('usage.import')
  useStore(config.data)
  await installQueue(db)
  const viewer = { ...system('import'), lang: config.lang, timeZone: config.timeZone }
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : undefined)
  const [match, password, problems] = [text('match'), text('password'), text('problems')]
  const tried = await tryFile(db, viewer, file, { object: options['object'], mode, ...(match !== undefined && { matchField: match }), ...(password !== undefined && { password }) })
  if (tried.refusal !== null) throw new Problem(tried.refusal.code, tried.refusal.values)
  const found = options['commit'] === true ? await write(db, viewer, tried.id, (done, total) => progress(say(config.lang, 'import.command.progress', { done, total }))) : tried
  if (found.refusal !== null) throw new Problem(found.refusal.code, found.refusal.values)
  if (problems !== undefined) await pipeline((await problemFile(db, viewer, found.id)).stream, createWriteStream(problems))

  return receiptOf(found, config.lang)
}

function receiptOf(found: Import, lang: CommandContext['config']['lang']): CommandResult {
  const isDone = found.state === 'done'
  const numbers = { create: 0, update: 0, skip: 0, doubtful: 0, refuse: 0, created: 0, updated: 0, skipped: 0, refused: 0, contactsCreated: 0, ...found.counts }
  const values = { ...numbers, sha256: found.info.sha256 ?? '', batch: found.batchId ?? '' }

  return {
    text: say(lang, isDone ? 'import.done.text' : 'import.try.text', values),
    facts: { id: found.id, state: found.state, counts: found.counts, mapping: found.mapping.map(({ header, field }) => ({ header, field })), problems: found.kinds, batchId: found.batchId, sha256: found.info.sha256 },
  }
}
