const needsEscape = /[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/
// What XML cannot hold: control characters, carriage returns (XML makes line feeds of them), halves of surrogate pairs.
const unwritable = /[\x00-\x08\x0b-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for XML as Excel writes it: what XML cannot hold becomes `_xHHHH_`, and what looks like that already is kept apart. */
export function escapeXml(text: string) {
  if (!needsEscape.test(text)) return text
  return text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(unwritable, character => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replace(/[&<>"]/g, character => names[character] ?? character)
}
