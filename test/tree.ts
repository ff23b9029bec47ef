import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.join(import.meta.dirname, '..')

/** Every file that the repository holds, committed or about to be; without what git ignores. */
export const tracked: string[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n').filter(file => file !== '' && exists(file))

export const sources = tracked.filter(file => /^src\/.*\.tsx?$/.test(file))
export const isTest = (file: string) => /\.(test|spec|long)\.tsx?$/.test(file)
/** Tables of facts and texts: long by nature, and in the languages that they are about. */
export const isData = (file: string) => /i18n\/(zh-CN|en)|regions-data|area-codes|shared\/objects\//.test(file)

export const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

function exists(file: string) {
  try {
    readFileSync(path.join(root, file))
    return true
  } catch {
    return false
  }
}

/** The code without its comments, line by line as before. */
export const withoutComments = (text: string) =>
  text.replace(/\/\*[\s\S]*?\*\//g, comment => comment.replace(/[^\n]/g, ' ')).replace(/(^|[\s;{(,])\/\/.*$/gm, '$1')

export interface Import { file: string; target: string }

export const importsOf = (file: string): Import[] =>
  [...read(file).matchAll(/(?:^|\n)\s*(?:import|export)\b[^'"\n]*?(?:from\s+)?['"]([^'"\n]+)['"]|\bimport\(['"]([^'"\n]+)['"]\)/g)].map(match => ({ file, target: match[1] ?? match[2] ?? '' }))
