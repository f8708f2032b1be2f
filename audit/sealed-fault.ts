import { RECORD_ENVELOPE_MAX } from '@hexhail/protocol/record-envelope.ts'

/** Sealed bytes of one record, at most. */
export const SEALED_MAX = RECORD_ENVELOPE_MAX
/** Smallest thing that can be a sealed message: an X25519 key, a tag and one byte. */
const SEALED_MIN = 49

/** What is wrong with a sealed record as it is filed, in base64; null: nothing. */
export function sealedFault(sealed: unknown): 'sealed' | 'size' | null {
  if (typeof sealed !== 'string') return 'sealed'
  if (sealed.length > Math.ceil(SEALED_MAX / 3) * 4) return 'size'
  if (sealed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(sealed)) return 'sealed'
  const padding = sealed.endsWith('==') ? 2 : sealed.endsWith('=') ? 1 : 0
  const bytes = (sealed.length / 4) * 3 - padding
  return bytes > SEALED_MAX || bytes < SEALED_MIN ? 'size' : null
}
