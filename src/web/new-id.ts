/** A new id for a record or an operation, in the order of time (UUID version 7). The browser's own maker does not exist on plain http. */
export function newId(): string {
  const time = Date.now().toString(16).padStart(12, '0')
  const [first = 0, ...rest] = crypto.getRandomValues(new Uint8Array(10))
  const random = [0x80 | (first & 0x3f), ...rest].map(byte => byte.toString(16).padStart(2, '0')).join('')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(2, 5)}-${random.slice(0, 2)}${random.slice(5, 7)}-${random.slice(8)}`
}
