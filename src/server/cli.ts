import { parseArgs } from 'node:util'
import { Problem } from '#shared/problem.ts'
import type { Command } from './command.ts'
import { type Config, consoleLang, readConfig } from './config.ts'
import { say, sentence } from './say.ts'
import { onStop } from './signals.ts'

/** Each command is loaded when it is asked for; `help` shows this list. */
const commands: Record<string, () => Promise<Command>> = {
  demo: async () => (await import('#server/demo/commands.ts')).demoCommand,
  user: async () => (await import('#server/users/commands.ts')).userCommand,
  key: async () => (await import('#server/users/commands.ts')).keyCommand,
  import: async () => (await import('#server/imports/commands.ts')).importCommand,
  export: async () => (await import('#server/exports/commands.ts')).exportCommand,
}

const lang = consoleLang()

async function main(name: string, args: string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name)) return help()
  const load = commands[name]
  if (name !== 'serve' && !load) throw new Problem('usage.command', { name })
  const config = readConfig()
  if (load) return run(await load(), config, args)
  if (args.length > 0) throw new Problem('usage.option', { name: args[0] ?? '' })
  const { serve } = await import('./main.ts')
  return serve(config)
}

/** The command works on the database of a running server, or on one that is started for it and stopped afterwards. */
async function run(command: Command, config: Config, args: string[]): Promise<void> {
  const { words, options } = parse(command, args)
  const { open } = await import('./open.ts')
  const progress = (line: string) => console.error(line)
  const running = await open(config, {
    isGuest: true,
    say: (code, values) => progress(say(lang, code, values)),
    onDead: problem => fail(problem, options.json === true),
  })
  onStop(running.close)
  try {
    const result = await command.run({ ...running, config, words, options, progress })
    console.log(options.json ? JSON.stringify(result.facts) : result.text)
  } finally {
    await running.close()
  }
}

function parse(command: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({ args, options: { ...command.options, json: { type: 'boolean' } }, allowPositionals: true })
    return { words: positionals, options: values as Record<string, string | boolean | undefined> }
  } catch (error) {
    throw new Problem('usage.option', { name: /'(-[^']+)'/.exec((error as Error).message)?.[1] ?? args.join(' ') })
  }
}

function help() {
  const names = ['help', 'serve', ...Object.keys(commands)]
  const width = Math.max(...names.map(name => name.length)) + 2
  console.log([say(lang, 'command.usage'), '', say(lang, 'command.commands'),
    ...names.map(name => `  ${name.padEnd(width)}${say(lang, `command.${name}`)}`), '', say(lang, 'command.json')].join('\n'))
}

/** One sentence on stderr (with --json an object): 2 for wrong usage, 1 for everything else. */
function fail(error: unknown, isJson: boolean): never {
  const code = error instanceof Problem ? error.code : 'unexpected'
  const message = sentence(lang, error)
  console.error(isJson ? JSON.stringify({ error: { code, message } }) : message)
  if (error instanceof Problem) for (const { code: reason, values } of error.fields) console.error(`  ${say(lang, reason, values)}`)
  process.exit(code.startsWith('usage.') ? 2 : 1)
}

const [name = 'serve', ...args] = process.argv.slice(2)
main(name, args).catch(error => fail(error, args.includes('--json')))
