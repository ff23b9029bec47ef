/** How much a request may bring. The import itself refuses a file above 100 MB; the little more here lets it say so. */
export const room = {
  json: { bytes: 10 * 1024 ** 2, words: '10 MB' },
  file: { bytes: 101 * 1024 ** 2, words: '100 MB' },
}
