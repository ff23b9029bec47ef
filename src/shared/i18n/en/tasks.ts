/** Work in the background, as every screen tells of it. */
export const tasks = {
  'import.state.reading': 'Checking',
  'import.state.ready': 'Ready to write',
  'import.state.refused': 'Cannot be imported',
  'import.state.committing': 'Writing',
  'import.state.done': 'Done',
  'import.state.failed': 'Failed',
  'import.state.cancelled': 'Cancelled',
  'import.state.undone': 'Undone',
  'import.state.undoing': 'Undoing',
  'import.drop.release': 'Let go to import',
  'import.uploading': 'Uploading {file}',
  'import.task.reading': 'Check {file}',
  'import.task.writing': 'Import {file}',
  'import.task.undoing': 'Undo the import of {file}',
  'import.open': 'Open',
}
