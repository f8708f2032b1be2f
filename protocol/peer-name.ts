import { fromHex, hexDigits } from './hex.ts'

/**
 * What a driver of a shift, or the rider of a request, is called where riders are given drivers: the first 16 bytes of his
 * session key, hex digits. A key lives for one shift or one request, and nobody can make another that begins with them.
 */
export const peerName = (key: Uint8Array): string => hexDigits(key.subarray(0, 16))

/** A name's bytes. */
export const nameBytes = (name: string): Uint8Array => fromHex(`0x${name}`, 16)
