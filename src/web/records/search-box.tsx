import { useEffect, useRef, useState } from 'react'
import { t } from '#web/i18n.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { typing } from '#web/ui/typing.ts'
import css from './search-box.module.css'

/** Finds in the list while one types; the list follows a moment after the last key, never while an input method composes. */
export function SearchBox({ value, onSearch, label }: { value: string; onSearch: (q: string) => void; label: string }) {
  const [text, setText] = useState(value)
  const [isComposing, setComposing] = useState(false)
  const told = useRef(value)
  // The address may change without this box: back, a link, a cleared filter.
  if (value !== told.current) {
    told.current = value
    if (text.trim() !== value) setText(value)
  }
  useEffect(() => {
    if (isComposing || text.trim() === told.current) return
    const timer = setTimeout(() => { told.current = text.trim(); onSearch(text.trim()) }, 200)
    return () => clearTimeout(timer)
  }, [text, isComposing, onSearch])

  return (
    <label className={css.box}>
      <Icon name="search" size={16} />
      <input
        {...typing('name')} type="text" enterKeyHint="search" autoComplete="off" value={text} placeholder={label} aria-label={label}
        onChange={event => setText(event.currentTarget.value)} onCompositionStart={() => setComposing(true)} onCompositionEnd={() => setComposing(false)}
        onKeyDown={event => { if (event.key === 'Escape' && text !== '') { event.preventDefault(); event.stopPropagation(); setText('') } }}
      />
      {text !== '' && <IconButton icon="close" label={t('filterBar.clearSearch')} onClick={() => setText('')} size={14} />}
    </label>
  )
}
