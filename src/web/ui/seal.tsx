/** The mark of the product: 客 cut into a square seal. */
export function Seal({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect x="1" y="1" width="30" height="30" rx="5" fill="var(--kb-accent)" />
      <path d="M16 5v2.3M7.5 11.2V8.8h17v2.4M13.6 11 9.3 15.2M12.6 12.8h7.6C18.2 16.4 13.6 19 7.8 20.3M11.8 14.6c3.2 3 7.7 5 12.6 5.7M11.6 21.6h8.8v5.3h-8.8Z"
        fill="none" stroke="var(--kb-on-accent)" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  )
}
