import { createSealKey, type SealKey, sealKeyFrom } from '@hexhail/protocol/seal.ts'
import { createSessionKey, type SessionKey, sessionKeyFrom } from '@hexhail/protocol/session-key.ts'
import type { Store } from './store.ts'

/** The keys of one trip (rider) or shift (driver): one signs every message, the other opens what is sealed to us. */
export interface Session {
  readonly key: SessionKey
  readonly sealKey: SealKey
}

/** Takes up the keys kept under `name`, or makes new ones. Their private halves never leave WebCrypto. */
export async function openSession(store: Store, name: string): Promise<Session> {
  const kept = await store.get<{ sign: CryptoKeyPair; seal: CryptoKeyPair }>(name)
  if (kept) return { key: await sessionKeyFrom(kept.sign), sealKey: await sealKeyFrom(kept.seal) }
  const made = { key: await createSessionKey(), sealKey: await createSealKey() }
  await store.set(name, { sign: made.key.keyPair, seal: made.sealKey.keyPair })
  return made
}
