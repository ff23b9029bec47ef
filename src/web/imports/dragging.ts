import type { DragEvent } from 'react'

/** The handlers of an element on which files are dropped; texts and pictures that are dragged within the page are let pass. */
export function dragging(setOver: (isOver: boolean) => void, take: (files: FileList) => void) {
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return {
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: (event: DragEvent) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false) },
    onDrop: (event: DragEvent) => {
      setOver(false)
      if (!hasFiles(event)) return
      event.preventDefault()
      take(event.dataTransfer.files)
    },
  }
}
