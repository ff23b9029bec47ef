/** How far it is; without a known end, that something happens. */
export const Bar = ({ done, total, label }: { done: number; total: number; label: string }) =>
  <progress aria-label={label} {...(total > 0 ? { value: Math.min(done, total), max: total } : {})} />
