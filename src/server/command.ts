import type { ParseArgsOptionsConfig } from 'node:util'
import type { Config } from './config.ts'
import type { Pool } from './db/connect.ts'

/** What a command of the administrator's tool gets from the dispatcher in `cli.ts`. */
export interface CommandContext {
  /** As the app's role: for everything but the shape of tables. */
  db: Pool
  /** As the owner's role: tables, indexes, COPY into many tables. */
  owner: Pool
  config: Config
  /** What stands behind the command's name and is no option: `['create']` in `user create --login L`. */
  words: string[]
  /** The options by name, as declared in `options`. */
  options: Record<string, string | boolean | undefined>
  /** Progress for whoever watches; on stderr, so that --json stays clean. */
  progress(line: string): void
}

/** What a command tells at its end: a text for people, the same facts for programs that asked with --json. */
export interface CommandResult {
  text: string
  facts: Record<string, unknown>
}

/**
 * One command. A refusal is a `Problem` (exit code 1); a `Problem` whose code begins with `usage.` is wrong usage (exit code 2).
 * An option that is not declared is refused before the command runs.
 */
export interface Command {
  options: ParseArgsOptionsConfig
  run(context: CommandContext): Promise<CommandResult>
}
