import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import { Modal } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState, type KeyboardEvent } from 'react'
import { searchAll, type SearchHit } from '#shared/api/records.ts'
import { t } from '#web/i18n.ts'
import { usePreference } from '#web/preferences.ts'
import { useRead } from '#web/queries.ts'
import { IconButton } from '#web/ui/buttons.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { KeyHint } from '#web/ui/key-hint.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { useFocusReturn } from '#web/ui/focus-return.ts'
import { recentKey, remembered, type Opened } from './recent.ts'
import classes from './search-dialog.module.css'
import { HitLine } from './search-hit.tsx'

/** One box over everything this person may see. Arrows choose, Enter opens, Esc closes. */
export function SearchDialog({ onClose }: { onClose(): void }) {
  useFocusReturn()
  const go = useNavigate()
  const isPhone = useMediaQuery('(max-width: 767px)') ?? false
  const [text, setText] = useState('')
  const [q] = useDebouncedValue(text.trim(), 120)
  const [chosen, setChosen] = useState(0)
  const [recent, setRecent] = usePreference<Opened[]>(recentKey, [])
  const found = useRead(searchAll, { query: { q, limit: '20' } }, { enabled: q !== '', keep: true })

  const hits: SearchHit[] = text.trim() === '' ? recent.map(one => ({ ...one, subtitle: null, why: [] })) : found.data?.hits ?? []
  const at = Math.min(chosen, Math.max(0, hits.length - 1))

  const open = ({ object, id, title, number }: SearchHit) => {
    setRecent(remembered(recent, { object, id, title, number }))
    onClose()
    void go({ to: '/$object/$id', params: { object, id } })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const hit = hits[at]
    if (event.key === 'ArrowDown') setChosen(Math.min(at + 1, hits.length - 1))
    else if (event.key === 'ArrowUp') setChosen(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && hit) open(hit)
    else return
    event.preventDefault()
  }
  return (
    <Modal opened onClose={onClose} withCloseButton={false} padding={0} size={640} fullScreen={isPhone} yOffset="12vh" title={t('search.title')}
      classNames={{ content: classes.content ?? '', overlay: classes.overlay ?? '', header: classes.hidden ?? '', body: classes.body ?? '' }}>
      <div className={classes.line}>
        <Icon name="search" />
        <input className={classes.input} data-autofocus role="combobox" aria-expanded={hits.length > 0} aria-controls="search-hits" aria-activedescendant={hits.length > 0 ? `hit-${at}` : undefined}
          aria-label={t('search.title')} placeholder={t('search.hint')} value={text} autoComplete="off" autoCorrect="off" autoCapitalize="off" spellCheck={false} enterKeyHint="search"
          onChange={event => { setText(event.currentTarget.value); setChosen(0) }} onKeyDown={onKeyDown} />
        <IconButton icon="close" label={t('ui.close')} onClick={onClose} />
      </div>
      <div className={classes.results}>
        {hits.length > 0 && text.trim() === '' && <h2 className={classes.group}>{t('search.recent')}</h2>}
        <div id="search-hits" role="listbox" aria-label={t('search.title')}>
          {hits.map((hit, i) => <HitLine key={hit.id} id={`hit-${i}`} hit={hit} q={q} isChosen={i === at} onOpen={() => open(hit)} onHover={() => setChosen(i)} />)}
        </div>
        <Silence text={text.trim()} q={q} isWaiting={found.isPending} count={hits.length} />
      </div>
      <footer className={classes.foot} aria-hidden="true"><KeyHint keys="up" /><KeyHint keys="down" /> {t('search.move')} <KeyHint keys="enter" /> {t('search.go')} <KeyHint keys="escape" /> {t('ui.close')}</footer>
    </Modal>
  )
}

/** What stands there when nothing was found, or nothing was asked yet. */
function Silence({ text, q, isWaiting, count }: { text: string; q: string; isWaiting: boolean; count: number }) {
  if (count > 0) return <p className={classes.aloud} role="status">{text === '' ? null : t('search.hits', { count })}</p>
  if (text === '') return <p className={classes.quiet}>{t('search.teach')}</p>
  if (isWaiting || text !== q) return <Skeleton shape="lines" />
  return <p className={classes.quiet} role="status">{t('search.nothing', { q })}</p>
}
