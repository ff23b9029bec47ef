/** A text cut into pieces that match what was typed and pieces that do not: for the highlight. */
export function marked(text: string, q: string): { text: string; isMatch: boolean }[] {
  const words = q.split(/\s+/).filter(word => word !== '').map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  if (words.length === 0) return [{ text, isMatch: false }]
  return text.split(new RegExp(`(${words.join('|')})`, 'giu')).map((piece, i) => ({ text: piece, isMatch: i % 2 === 1 })).filter(piece => piece.text !== '')
}
