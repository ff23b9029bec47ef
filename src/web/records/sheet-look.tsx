import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { RecordOut } from '#shared/api/records.ts'
import type { ObjectOut } from '#shared/api/objects.ts'
import type { ColourRule } from '#shared/view.ts'
import { t, withTexts } from '#web/i18n.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import type { RowTint } from '#web/ui/grid/types.ts'
import type { Look } from '#web/views/view-state.ts'

const LookMenu = lazy(() => withTexts('sheet', import('#web/sheet/look-menu.tsx')).then(file => ({ default: file.LookMenu })))
const ColourDialog = lazy(() => withTexts('shaping', withTexts('sheet', import('#web/sheet/colour-dialog.tsx'))).then(file => ({ default: file.ColourDialog })))

/** Height of the rows, their groups and colours: a sign in the tools, and the dialog of the colours. */
export function useLook(object: ObjectOut, look: Look, setLook: (look: Look) => void, onClosed: () => void): { menu: ReactNode; dialog: ReactNode; tint: ((row: RecordOut) => RowTint | undefined) | undefined } {
  const [isColouring, setColouring] = useState(false)
  const close = () => { setColouring(false); requestAnimationFrame(onClosed) }
  return {
    tint: useTint(object, look.colours),
    menu: (
      <Dropdown label={t('sheet.look')} icon="menu" look="sign" align="end" width={248}>
        {shut => <Suspense><LookMenu object={object} look={look} onLook={setLook} onColours={() => { shut(); setColouring(true) }} /></Suspense>}
      </Dropdown>
    ),
    dialog: isColouring && (
      <Suspense><ColourDialog object={object} rules={look.colours ?? []} onSave={colours => { setLook({ ...look, colours }); close() }} onClose={close} /></Suspense>
    ),
  }
}

/** The colours of rows by the rules; what works them out comes only where there are rules. */
function useTint(object: ObjectOut, rules: readonly ColourRule[] | undefined) {
  const [file, setFile] = useState<typeof import('#web/sheet/colour-rows.ts') | null>(null)
  const key = rules === undefined || rules.length === 0 ? null : JSON.stringify(rules)
  useEffect(() => {
    if (key !== null && file === null) void import('#web/sheet/colour-rows.ts').then(setFile)
  }, [key, file])
  return useMemo(() => (key === null || file === null ? undefined : file.tintsOf(object, JSON.parse(key) as ColourRule[])), [file, object, key])
}
