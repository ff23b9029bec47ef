import { useNavigate } from '@tanstack/react-router'
import { useObject } from '#web/objects.ts'
import { QuickAdd } from '#web/records/quick-add.tsx'

/** 快速添加 from anywhere: whoever opens the new record comes to its page. */
export function QuickAddOver({ object: name, onClose }: { object: string; onClose(): void }) {
  const go = useNavigate()
  const object = useObject(name)
  if (!object) return null
  return <QuickAdd object={object} onClose={onClose} onOpen={({ id }) => void go({ to: '/$object/$id', params: { object: name, id } })} />
}
