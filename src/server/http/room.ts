/** How much a request may bring. */
export const room = {
  json: { bytes: 10 * 1024 ** 2, words: '10 MB' },
  file: { bytes: 500 * 1024 ** 2, words: '500 MB' },
}
