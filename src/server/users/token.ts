import { createHash, randomBytes } from 'node:crypto'

/** 256 bits that nobody can guess, safe in URLs and headers. */
export const newToken = () => randomBytes(32).toString('base64url')

/** What the database keeps instead of a token. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest()
