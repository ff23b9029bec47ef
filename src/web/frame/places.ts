import type { ObjectOut } from '#shared/api/objects.ts'
import { useObjects } from '#web/objects.ts'
import { useMe } from '#web/session/me.ts'
import type { IconName } from '#web/ui/icon.tsx'

/** Members and departments are kept under the settings, not beside the customers. */
export const underSettings: ReadonlySet<string> = new Set(['users', 'departments'])

/** The objects that have a place in the frame. */
export const usePlaces = (): ObjectOut[] => useObjects().filter(object => !underSettings.has(object.name))

export const iconOf = (object: { icon?: IconName } | undefined): IconName => object?.icon ?? 'columns'

/** Second key after `g`. */
export const letterOf = (object: { name: string }) => ({ customers: 'c', contacts: 'p' })[object.name]

export const useCanAdd = () => usePlaces().some(object => object.rights.create)

/** The objects of which this person has a use for the recycle bin. */
export const useBins = () => usePlaces().filter(object => object.rights.delete)

/** May this person bring in a file at all? */
export const useCanImport = () => useObjects().some(object => object.rights.import)

/** May this person take a list out? */
export const useCanExport = () => useObjects().some(object => object.rights.export)

/** May this person shape the company's objects: add, change and retire fields? */
export const useShapes = () => useMe().rights.includes('shape')
