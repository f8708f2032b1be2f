/** What `binary-hash-node.ts` gives, for pages. */
import { sha256 } from '@noble/hashes/sha2.js'

export const sha256Text = (bytes: Uint8Array): string => String.fromCharCode(...sha256(bytes))

export const textRoom = (bytes: number): Uint8Array => new Uint8Array(bytes)

export function putText(room: Uint8Array, text: string, at: number): void {
  for (let i = 0; i < text.length; i++) room[at + i] = text.charCodeAt(i)
}
