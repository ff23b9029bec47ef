import { Problem } from '#shared/problem.ts'
import { type FormatKind, formatKinds } from './xlsx-styles.ts'
import { noStrings, readStrings, type Strings } from './xlsx-strings.ts'
import { attributes, decodeXml, wholeXml, xmlBlocks } from './xml-text.ts'
import { type Entry, findEntry, inflate, type Zip } from './zip.ts'

export interface Sheet {
  name: string
  hidden: boolean
  part: Entry
}

export interface Workbook {
  zip: Zip
  sheets: Sheet[]
  strings: Strings
  styles: FormatKind[]
  /** Workbooks from old Macs count their days from 1904. */
  from1904: boolean
}

interface Relation {
  id: string
  kind: string
  target: string
}

/** Finds the parts by their relations, as the standard wants: names and folders differ between programs. */
export async function openWorkbook(zip: Zip): Promise<Workbook> {
  const main = await findMainPart(zip)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const xml = await readPart(zip, main)
  const relations = await readRelations(zip, main, folder)
  const sheets = listSheets(zip, xml, relations)
  if (!sheets.length) throw new Problem('file.unknown')

  const styles = relations.find(relation => relation.kind === 'styles')
  return {
    zip,
    sheets,
    strings: await openStrings(zip, relations),
    styles: styles ? formatKinds(await readPart(zip, styles.target)) : [],
    from1904: /<(?:\w+:)?workbookPr[^>]*\sdate1904\s*=\s*["'](1|true)/.test(xml),
  }
}

async function findMainPart(zip: Zip) {
  const relations = await readRelations(zip, '', '')
  const main = relations.find(relation => relation.kind === 'officeDocument')?.target
  if (main && findEntry(zip, main)) return main
  if (findEntry(zip, 'xl/workbook.xml')) return 'xl/workbook.xml'
  throw new Problem('file.unknown')
}

async function openStrings(zip: Zip, relations: Relation[]) {
  const part = relations.find(relation => relation.kind === 'sharedStrings')
  const entry = part && findEntry(zip, part.target)
  return entry ? readStrings(xmlBlocks(decodeXml(inflate(zip, entry)), 'sst', 'si')) : noStrings
}

function listSheets(zip: Zip, xml: string, relations: Relation[]): Sheet[] {
  return [...xml.matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)].flatMap(([tag]) => {
    const found = attributes(tag)
    const id = Object.entries(found).find(([name]) => name.endsWith(':id'))?.[1]
    const relation = relations.find(one => one.id === id && one.kind === 'worksheet')
    const part = relation && findEntry(zip, relation.target)
    return part ? [{ name: found.name ?? '', hidden: (found.state ?? 'visible') !== 'visible', part }] : []
  })
}

async function readRelations(zip: Zip, part: string, folder: string): Promise<Relation[]> {
  const xml = await readPart(zip, `${folder}_rels/${part.slice(folder.length)}.rels`)
  return [...xml.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].map(([tag]) => {
    const { Id = '', Type = '', Target = '' } = attributes(tag)
    return { id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), target: resolve(folder, Target) }
  })
}

const resolve = (folder: string, target: string) =>
  target.startsWith('/') ? target.slice(1) : (folder + target).replace(/[^/]+\/\.\.\//g, '').replaceAll('./', '')

async function readPart(zip: Zip, name: string) {
  const entry = findEntry(zip, name)
  return entry ? wholeXml(inflate(zip, entry)) : ''
}
