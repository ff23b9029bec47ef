import { t } from '#web/i18n.ts'
import { Dialog } from './dialog.tsx'
import { useListedHotkeys, type Hotkey } from './hotkeys.ts'
import { KeyHint } from './key-hint.tsx'
import classes from './shortcuts-dialog.module.css'

/** Every key that works on this screen, by group. */
export function ShortcutsDialog({ onClose }: { onClose(): void }) {
  const groups = Map.groupBy(useListedHotkeys(), hotkey => hotkey.group)
  return (
    <Dialog title={t('ui.shortcuts')} onClose={onClose} width={640}>
      <div className={classes.groups}>{[...groups].map(([group, hotkeys]) => <Group key={group} name={group} hotkeys={hotkeys} />)}</div>
    </Dialog>
  )
}

function Group({ name, hotkeys }: { name: string; hotkeys: Hotkey[] }) {
  return (
    <section>
      <h3>{name}</h3>
      <dl className={classes.list}>
        {hotkeys.map(({ keys, label }) => <div key={keys + label}><dt>{label}</dt><dd><KeyHint keys={keys} /></dd></div>)}
      </dl>
    </section>
  )
}
