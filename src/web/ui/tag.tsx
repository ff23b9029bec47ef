import type { Hue } from '#shared/object.ts'
import classes from './tag.module.css'

/** The label of an option in its own soft tint; `outlined` for what rests. The word carries the meaning, the colour only helps. */
export function Tag({ hue, children, outlined = false }: { hue: Hue; children: string; outlined?: boolean }) {
  const colours = outlined ? { color: `var(--kb-${hue}-ink)`, borderColor: `var(--kb-${hue}-ink)` } : { color: `var(--kb-${hue}-ink)`, background: `var(--kb-${hue})` }
  return <span className={classes.tag} style={colours}>{children}</span>
}
