/** Pictures of empty screens, in lines: [ink lines, accent lines] on 120 × 80. */
const drawings = {
  /** An open ledger. */
  ledger: ['M60 22c-8-6-22-8-40-8v48c18 0 32 2 40 8 8-6 22-8 40-8V14c-18 0-32 2-40 8ZM60 22v48M28 26c8 0 16 1 24 4M28 36c8 0 16 1 24 4M28 46c8 0 16 1 24 4M92 36c-8 0-16 1-24 4M92 46c-8 0-16 1-24 4', 'M68 30c8-3 16-4 24-4'],
  /** A card with a face. */
  card: ['M18 18h84v46H18ZM40 42a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM27 56c1-7 6-10 13-10s12 3 13 10M64 30h28M64 40h22', 'M64 50h14'],
  /** A basket with a lid beside it. */
  bin: ['M40 28h40M44 28l4 42h24l4-42M54 38l1 22M66 38l-1 22M52 28v-6h16v6', 'M84 60c8 0 12-6 12-12M96 48l-4 4M96 48l4 4'],
  /** A glass over lines. */
  search: ['M20 22h44M20 34h30M20 46h24M20 58h36', 'M78 54a16 16 0 1 0 0-32 16 16 0 0 0 0 32ZM89 50l13 13'],
  /** A sheet going into a tray. */
  import: ['M24 46v22h72V46M24 46h18c0 7 6 10 18 10s18-3 18-10h18M46 34V10h28v24M52 18h16M52 25h16', 'M60 32v14M54 40l6 6 6-6'],
  /** A key. */
  key: ['M44 54a14 14 0 1 0 0-28 14 14 0 0 0 0 28ZM58 40h42', 'M86 40v10M96 40v7'],
  /** A torn line. */
  broken: ['M16 24h88v36H16ZM16 34h34M70 34h34', 'M56 24l-6 10 10 8-8 8 6 10M64 24l-6 10 10 8-8 8 6 10'],
  /** A signpost. */
  lost: ['M60 14v56M48 70h24M60 20h30l8 7-8 7H60M60 40H34l-8 7 8 7h26', 'M68 27h16'],
} as const

export type DrawingName = keyof typeof drawings

export function Drawing({ name }: { name: DrawingName }) {
  const [ink, accent] = drawings[name]
  return (
    <svg viewBox="0 0 120 80" width={150} height={100} fill="none" strokeWidth={1.5} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={ink} stroke="var(--kb-line-2)" />
      <path d={accent} stroke="var(--kb-accent)" />
    </svg>
  )
}
