/** Ctrl+C reaches us from the terminal, from npm and from the launcher: within this time (ms) they are one. */
const sameKeystroke = 500

/**
 * Ctrl+C, SIGTERM, a closed terminal or the death of the launcher: `stop`, then the end with 0.
 * A second one ends at once; the watchdog then stops the database.
 */
export function onStop(stop: () => Promise<void>) {
  let since = 0
  const act = () => {
    if (since > 0 && Date.now() - since > sameKeystroke) process.exit(130)
    if (since > 0) return
    since = Date.now()
    stop().then(() => process.exit(0), error => {
      console.error(error)
      process.exit(1)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, act)
  process.on('disconnect', act)
  // Waiting for the launcher's death must not keep a finished command alive.
  process.channel?.unref()
}
