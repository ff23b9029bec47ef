/** Exporting lists. */
export const exports = {
  'export.notFound': 'This export was not found',
  'export.forbidden': 'Your role cannot export {object}',
  'export.notReady': 'The file is not written yet, or it has expired; export again',
  'export.gaveUp': 'It failed several times; ask the administrator',
  'export.recent': 'Recent exports, kept for a day',
  'export.rowsAt': '{rows} {rows:row|rows} · {at}',
  'export.running': 'Export {name}',
  'export.text': '{rows} rows written to {file}, sha256 {sha256}',
  'export.exists': 'The file {file} exists and was not overwritten',
  'usage.export': 'Usage: export customers --out FILE [--format xlsx|csv] [--filter JSON] [--sort field] [--fields field,field]',
}
