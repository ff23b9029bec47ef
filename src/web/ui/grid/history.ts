/** Remembers what can be taken back; the newest step last. */
export interface History<Step> {
  push(step: Step): void
  /** The step to take back; it becomes the next to redo. */
  undo(): Step | undefined
  redo(): Step | undefined
  /** Forgets steps that can no longer be taken back. */
  drop(isGone: (step: Step) => boolean): void
}

export function createHistory<Step>(limit = 100): History<Step> {
  let done: Step[] = []
  let undone: Step[] = []

  const shift = (from: Step[], to: Step[]) => {
    const step = from.pop()
    if (step !== undefined) to.push(step)
    return step
  }

  return {
    push(step) {
      done = [...done, step].slice(-limit)
      undone = []
    },
    undo: () => shift(done, undone),
    redo: () => shift(undone, done),
    drop(isGone) {
      done = done.filter(step => !isGone(step))
      undone = undone.filter(step => !isGone(step))
    },
  }
}
