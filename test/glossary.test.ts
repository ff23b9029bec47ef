import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardObjects } from '#shared/objects/all.ts'
import { read, tracked } from './tree.ts'

const words = new Set([...read('docs/glossary.md').toLowerCase().matchAll(/[a-z]+(?:_[a-z]+)*/g)].map(match => match[0]))
const isKnown = (word: string) => words.has(word) || words.has(word.replace(/ies$/, 'y')) || words.has(word.replace(/s$/, ''))

/** Rooms of the house that are no nouns of the business, told in docs/architecture.md. */
const rooms = ['db', 'http', 'access', 'files', 'ui', 'public', 'grid']

test('objects, tables and folders speak the words of the glossary', () => {
  const migrations = tracked.filter(file => file.endsWith('.sql')).map(read).join('\n')
  const made = [...migrations.matchAll(/create (?:unlogged )?table (?:if not exists )?(\w+)/g)].map(match => match[1] ?? '')
  const later = new Map([...migrations.matchAll(/alter table (\w+) rename to (\w+)/g)].map(([, before = '', after = '']) => [before, after]))
  const tables = made.map(name => later.get(name) ?? name)
  const folders = tracked.flatMap(file => /^src\/(?:server|web)\/(\w[\w-]*)\//.exec(file)?.[1] ?? []).filter(folder => !rooms.includes(folder))
  const spoken = [...new Set([...standardObjects.map(object => object.name), ...tables, ...folders])]
  assert.ok(spoken.length > 15)
  assert.deepEqual(spoken.filter(word => !isKnown(word) && !word.split('_').every(isKnown)), [])
})
