/** Keyboard of the phone, and whether words may be corrected. Names, codes and phones are never corrected. */
export type Typing = 'words' | 'name' | 'code' | 'phone' | 'email' | 'number' | 'decimal' | 'url'

const keyboards: Record<Typing, { inputMode?: 'text' | 'tel' | 'email' | 'numeric' | 'decimal' | 'url'; type?: string; autoCorrect?: string; autoCapitalize?: string; spellCheck?: boolean }> = {
  words: {},
  name: { autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  code: { autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  phone: { inputMode: 'tel', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  email: { inputMode: 'email', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
  number: { inputMode: 'numeric', autoCorrect: 'off', spellCheck: false },
  decimal: { inputMode: 'decimal', autoCorrect: 'off', spellCheck: false },
  url: { inputMode: 'url', autoCorrect: 'off', autoCapitalize: 'off', spellCheck: false },
}
/** Attributes of an input for a kind of text. */
export const typing = (kind: Typing) => keyboards[kind]
