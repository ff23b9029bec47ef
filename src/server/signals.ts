/** Ctrl+C and SIGTERM: `stop`, then the end with 0. A second one ends at once; the watchdog then stops the database. */
export function onStop(stop: () => Promise<void>) {
  let isStopping = false
  const act = (signal: NodeJS.Signals) => {
    if (isStopping) process.exit(signal === 'SIGINT' ? 130 : 143)
    isStopping = true
    stop().then(() => process.exit(0), error => {
      console.error(error)
      process.exit(1)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, act)
}
