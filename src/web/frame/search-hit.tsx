import type { SearchHit } from '#shared/api/records.ts'
import { useObject, useWord } from '#web/objects.ts'
import { Icon } from '#web/ui/icon.tsx'
import { marked } from './marked.ts'
import { iconOf } from './places.ts'
import classes from './search-dialog.module.css'

interface Props { id: string; hit: SearchHit; q: string; isChosen: boolean; onOpen(): void; onHover(): void }

/** One record that was found: its name, its number, and why it was found where the name does not say it. */
export function HitLine({ id, hit, q, isChosen, onOpen, onHover }: Props) {
  const object = useObject(hit.object)
  const word = useWord()
  const reasons = hit.why.filter(({ field, text }) => field !== object?.title && text !== hit.number)
  const labelOf = (field: string) => {
    const known = object?.fields.find(one => one.name === field)
    return known ? word(known.label) : null
  }
  return (
    <div id={id} role="option" aria-selected={isChosen} className={classes.hit} onClick={onOpen} onMouseMove={() => { if (!isChosen) onHover() }}
      ref={line => { if (isChosen) line?.scrollIntoView({ block: 'nearest' }) }}>
      <Icon name={iconOf(object)} size={18} />
      <div className={classes.what}>
        <div className={classes.title}><Marked text={hit.title} q={q} /></div>
        {(hit.subtitle || reasons.length > 0) && (
          <div className={classes.why}>
            {hit.subtitle && <span>{hit.subtitle}</span>}
            {reasons.map(({ field, text }) => <span key={field}>{labelOf(field)} <Marked text={text} q={q} /></span>)}
          </div>
        )}
      </div>
      <span className={classes.number}>{hit.number ? <Marked text={hit.number} q={q} /> : object && word(object.one)}</span>
    </div>
  )
}

function Marked({ text, q }: { text: string; q: string }) {
  return <>{marked(text, q).map((piece, i) => (piece.isMatch ? <mark key={i}>{piece.text}</mark> : piece.text))}</>
}
