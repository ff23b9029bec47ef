import type { Command, CommandContext } from '#server/command.ts'
import { say } from '#server/say.ts'
import { today as todayIn } from '#shared/dates.ts'
import { Problem } from '#shared/problem.ts'
import { foundCompany } from './found.ts'

/** `demo --customers N --seed S [--date YYYY-MM-DD]`: a believable company in an empty database; the same for the same seed and day. */
export const demoCommand: Command = {
  options: { customers: { type: 'string' }, seed: { type: 'string' }, date: { type: 'string' } },
  async run({ db, owner, config, words, options, progress }) {
    if (words.length > 0) throw new Problem('usage.option', { name: words[0] ?? '' })
    const customers = whole(options.customers ?? '1000', 1, 5_000_000)
    const seed = whole(options.seed ?? '1', 0, 2 ** 31)
    const begun = performance.now()
    const made = await foundCompany({ db, owner, lang: config.lang }, { customers, seed, day: dayOf(options.date, config) }, done => progress(say(config.lang, 'demo.progress', { done, customers })))
    const seconds = Math.round((performance.now() - begun) / 100) / 10
    const lines = [
      say(config.lang, 'demo.done', { customers, contacts: made.contacts, people: made.people, seconds }),
      say(config.lang, 'demo.logins'),
      ...made.logins.map(({ role, login, password }) => `  ${role}  ${login}  ${password}`),
    ]
    return { text: lines.join('\n'), facts: { customers, ...made, seconds } }
  },
}

function whole(text: unknown, least: number, most: number): number {
  if (typeof text !== 'string' || !/^\d{1,10}$/.test(text) || Number(text) < least || Number(text) > most) throw new Problem('usage.demo')
  return Number(text)
}

function dayOf(given: unknown, config: CommandContext['config']): string {
  if (given === undefined) return todayIn(config.timeZone)
  if (typeof given !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(given) || Number.isNaN(Date.parse(given))) throw new Problem('usage.demo')
  return given
}
