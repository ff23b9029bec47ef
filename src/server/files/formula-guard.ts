/**
 * Excel runs a CSV cell that begins like a formula. Such a text is written behind a single quote and read back without it:
 * one quote is put before, and one taken from, any run of quotes (also none) that is followed by one of = + - @ tab CR ＝ ＋ － ＠.
 * A text that already has quotes there gets one more, so that whatever was written is what is read.
 */
export const guardFormula = (text: string) => (/^'*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text)

export const unguardFormula = (text: string) => (text.charCodeAt(0) === 39 && /^'+[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text)
