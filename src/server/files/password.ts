import officeCrypto from 'officecrypto-tool'
import { Problem } from '#shared/problem.ts'
import type { Bytes } from './bytes.ts'

// Decrypting holds the file three times in memory.
const MAX_SIZE = 50_000_000

/** Whether an Office file (the OLE2 container) wants a password. */
export function isEncrypted(bytes: Bytes): boolean {
  try {
    return officeCrypto.isEncrypted(wholeFile(bytes))
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('file.corrupt')
  }
}

/** The file inside, in memory only: the plain text of a protected file is never written to a disk. */
export async function decrypt(bytes: Bytes, password: string): Promise<Buffer> {
  try {
    return await officeCrypto.decrypt(wholeFile(bytes), { password })
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(error instanceof Error && /password/i.test(error.message) ? 'file.wrongPassword' : 'file.corrupt')
  }
}

function wholeFile(bytes: Bytes) {
  if (bytes.size > MAX_SIZE) throw new Problem('file.tooLarge', { limit: '50 MB' })
  return bytes.read(0, bytes.size)
}
