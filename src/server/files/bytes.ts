import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Bytes by random access: a file on disk, or a decrypted file that must never touch the disk. */
export interface Bytes {
  size: number
  /** Fewer bytes than asked for only at the end. */
  read(at: number, length: number): Buffer
  close(): void
}

export function fileBytes(path: string): Bytes {
  const file = openSync(path, 'r')
  let isOpen = true
  return {
    size: fstatSync(file).size,
    read: (at, length) => {
      const buffer = Buffer.allocUnsafe(length)
      return buffer.subarray(0, readSync(file, buffer, 0, length, at))
    },
    close: () => {
      if (isOpen) closeSync(file)
      isOpen = false
    },
  }
}

export const bufferBytes = (buffer: Buffer): Bytes => ({
  size: buffer.length,
  read: (at, length) => buffer.subarray(at, at + length),
  close: () => {},
})
