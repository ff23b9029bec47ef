import { t, type Key } from '#web/i18n.ts'
import { useHotkeys } from '#web/ui/hotkeys.ts'

const keys: readonly [keys: string, label: Key][] = [
  ['enter', 'keys.sheet.edit'], ['space', 'keys.sheet.open'], ['tab', 'keys.sheet.next'], ['mod+down', 'keys.sheet.edge'], ['shift+down', 'keys.sheet.extend'], ['mod+c', 'keys.sheet.copy'],
  ['mod+v', 'keys.sheet.paste'], ['mod+d', 'keys.sheet.fill'], ['delete', 'keys.sheet.clear'], ['mod+z', 'keys.sheet.undo'], ['mod+y', 'keys.sheet.redo'],
]

/** The sheet hears its keys itself; here they are only listed, for the dialog behind `?`. */
export const useSheetKeys = () => useHotkeys(keys.map(([pressed, label]) => ({ keys: pressed, label: t(label), group: t('keys.sheet') })))
