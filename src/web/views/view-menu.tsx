import { useNavigate } from '@tanstack/react-router'
import type { ViewOut } from '#shared/api/views.ts'
import { t } from '#web/i18n.ts'
import { copy } from '#web/records/acts.ts'
import { Dropdown, DropdownItem } from '#web/ui/dropdown.tsx'
import { change, remove } from './view-acts.ts'

/** What can be done with the open view. */
export function ViewMenu({ view, onEdit, onCopy }: { view: ViewOut; onEdit: () => void; onCopy: () => void }) {
  const go = useNavigate()
  // What is removed is not open any more.
  const leave = () => go({ to: '/$object', params: { object: view.object }, search: { view: 'all' }, replace: true })
  return (
    <Dropdown kind="menu" look="sign" align="end" icon="more" label={t('views.menu', { name: view.name })} width={220}>
      {view.mayChange && <DropdownItem icon="edit" onClick={onEdit}>{t('views.edit')}</DropdownItem>}
      {view.mayChange && <DropdownItem icon="pin" onClick={() => void change(view, { pinned: !view.pinned }, t(view.pinned ? 'views.unpinned' : 'views.pinned', { name: view.name }))}>{t(view.pinned ? 'views.unpin' : 'views.pin')}</DropdownItem>}
      <DropdownItem icon="copy" onClick={onCopy}>{t('views.copy')}</DropdownItem>
      <DropdownItem icon="link" onClick={() => void copy(location.href, t('views.linkCopied'))}>{t('views.copyLink')}</DropdownItem>
      {view.mayChange && <DropdownItem icon="trash" danger onClick={() => void leave().then(() => remove(view))}>{t('views.remove')}</DropdownItem>}
    </Dropdown>
  )
}
