import type { Grants, Scope } from '#shared/access.ts'

/** Whose records a role sees and changes at first, in the words of the dialog. */
export const birthRights = {
  none: { view: 'none', edit: 'none' }, own: { view: 'own', edit: 'own' }, department: { view: 'departmentTree', edit: 'departmentTree' },
  ownAll: { view: 'all', edit: 'own' }, read: { view: 'all', edit: 'none' }, all: { view: 'all', edit: 'all' },
} as const satisfies Record<string, { view: Scope; edit: Scope }>
export type BirthRight = keyof typeof birthRights

/** What makes sense where records belong to nobody: all or nothing. */
export const unowned: readonly BirthRight[] = ['none', 'read', 'all']

/** The words that come nearest to what a role has with another object. */
export function rightsLike({ view = 'none', edit = 'none' }: Grants = {}): BirthRight {
  if (view === 'none') return 'none'
  if (view === 'all') return edit === 'none' ? 'read' : edit === 'all' ? 'all' : 'ownAll'
  return view === 'own' ? 'own' : 'department'
}

/** The same where nothing belongs to anybody. */
export const withoutOwners = (right: BirthRight): BirthRight => (right === 'none' || right === 'read' ? right : 'all')
