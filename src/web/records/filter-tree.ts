import type { Condition, Filter, Op } from '#shared/filter.ts'

/** The filter as the editor holds it: every node has a key, and a condition may be unfinished. */
export interface Group { key: string; kind: 'group'; joint: 'and' | 'or'; negated: boolean; children: Node[] }
export interface Line { key: string; kind: 'line'; field: string; op: Op; negated: boolean; value: unknown }
export type Node = Group | Line

/** Operators that need no value. */
export const isBare = (op: Op) => op === 'empty' || op === 'notEmpty'

let keys = 0
const newKey = () => `n${++keys}`

export const newLine = (field: string, op: Op): Line => ({ key: newKey(), kind: 'line', field, op, negated: false, value: undefined })
export const newGroup = (joint: 'and' | 'or', children: Node[] = []): Group => ({ key: newKey(), kind: 'group', joint, negated: false, children })

/** The root is always a group: a single condition becomes `and` of one. */
export function toTree(filter: Filter | undefined): Group {
  if (filter === undefined) return newGroup('and')
  const node = nodeOf(filter, false)
  return node.kind === 'group' && !node.negated ? node : newGroup('and', [node])
}

/** Unfinished conditions and empty groups are left out; nothing left = no filter. */
export function toFilter(node: Node): Filter | undefined {
  const filter = node.kind === 'line' ? lineFilter(node) : groupFilter(node)
  return filter !== undefined && node.negated ? { not: filter } : filter
}

const lineFilter = (line: Line): Condition | undefined =>
  isBare(line.op) ? { field: line.field, op: line.op } : isFinished(line) ? { field: line.field, op: line.op, value: line.value } : undefined

function groupFilter(group: Group): Filter | undefined {
  const parts = group.children.flatMap(child => toFilter(child) ?? [])
  if (parts.length < 2) return parts[0]
  return group.joint === 'and' ? { and: parts } : { or: parts }
}

export function isFinished(line: Line): boolean {
  if (isBare(line.op)) return true
  if (line.op === 'between') return Array.isArray(line.value) && line.value.length === 2 && line.value.every(end => end !== null && end !== undefined && end !== '')
  if (Array.isArray(line.value)) return line.value.length > 0
  return line.value !== null && line.value !== undefined && line.value !== ''
}

function nodeOf(filter: Filter, negated: boolean): Node {
  if ('not' in filter) return nodeOf(filter.not, !negated)
  if ('and' in filter) return { key: newKey(), kind: 'group', joint: 'and', negated, children: filter.and.map(part => nodeOf(part, false)) }
  if ('or' in filter) return { key: newKey(), kind: 'group', joint: 'or', negated, children: filter.or.map(part => nodeOf(part, false)) }
  return { key: newKey(), kind: 'line', field: filter.field, op: filter.op, negated, value: filter.value }
}

/** The tree with one node replaced, or taken out by null. Emptied groups below the root go with it. */
export function withNode(root: Group, key: string, change: (node: Node) => Node | null): Group {
  const children = root.children.flatMap(child => {
    const next = child.key === key ? change(child) : child.kind === 'group' ? withNode(child, key, change) : child
    if (next === null) return []
    return next.kind === 'group' && next.children.length === 0 && child.kind === 'group' && child.children.length > 0 ? [] : [next]
  })
  return { ...root, children }
}

export const addTo = (root: Group, key: string, node: Node): Group =>
  root.key === key
    ? { ...root, children: [...root.children, node] }
    : { ...root, children: root.children.map(child => (child.kind === 'group' ? addTo(child, key, node) : child)) }

/** As the server counts: every node, and how deep they lie. */
export function sizeOf(node: Node): { nodes: number; depth: number } {
  if (node.kind === 'line') return node.negated ? { nodes: 2, depth: 2 } : { nodes: 1, depth: 1 }
  const inner = node.children.map(sizeOf)
  return { nodes: 1 + inner.reduce((sum, child) => sum + child.nodes, 0), depth: 1 + Math.max(0, ...inner.map(child => child.depth)) }
}
