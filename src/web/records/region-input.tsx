import { TextInput } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { EditorProps } from './field-input.tsx'

// 省市区 is a large table: it comes with the first field that needs it.
const RegionPicker = lazy(() => import('./region-picker.tsx'))

/** 省 → 市 → 区, picked in columns or found by typing. */
export function RegionInput(props: EditorProps) {
  return <Suspense fallback={<TextInput {...props.around} value={typeof props.value === 'string' ? props.value : ''} readOnly />}><RegionPicker {...props} /></Suspense>
}
