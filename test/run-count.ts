/** How one part of the run went. */
export interface Count {
  name: string
  passed: number
  failed: number
}

export const sum = (counts: Count[]) => counts.reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), { passed: 0, failed: 0 })

export const title = (text: string) => console.log(`\n── ${text} ${'─'.repeat(Math.max(2, 76 - text.length))}`)
