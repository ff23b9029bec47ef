import classes from './person-menu.module.css'

/** The last letter of a Chinese name, the first of another: as colleagues are shown in a team. */
export function Initial({ name, size = 28 }: { name: string; size?: number }) {
  const letter = /^\p{Script=Han}+$/u.test(name) ? name.at(-1) : name.at(0)?.toUpperCase()
  return <span className={classes.initial} style={{ width: size, height: size, fontSize: size * 0.45 }} aria-hidden="true" data-letter={letter} />
}
