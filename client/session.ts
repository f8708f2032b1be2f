import { createSealKey, type SealKey, sealKeyFrom } from '@hexhail/protocol/seal.ts'
import { createSessionKey, type SessionKey, sessionKeyFrom } from '@hexhail/protocol/session-key.ts'
import type { Store } from './store.ts'

/** The keys of one trip (rider) or shift (driver). */
export interface Session {
  /** Signs every message; anybody who hears a request sees it. */
  readonly key: SessionKey
  /** Opens what is sealed to us. */
  readonly sealKey: SealKey
  /** Signs receipts and stands in the terms: not the key of the request, which would tie the trip on the chain to it. */
  readonly receiptKey: SessionKey
}

/** Takes up the keys kept under `name`, or makes new ones. Their private halves never leave WebCrypto. */
export async function openSession(store: Store, name: string): Promise<Session> {
  const kept = await store.get<Record<'sign' | 'seal' | 'receipt', CryptoKeyPair>>(name)
  if (kept)
    return {
      key: await sessionKeyFrom(kept.sign),
      sealKey: await sealKeyFrom(kept.seal),
      receiptKey: await sessionKeyFrom(kept.receipt),
    }
  const made = {
    key: await createSessionKey(),
    sealKey: await createSealKey(),
    receiptKey: await createSessionKey(),
  }
  await store.set(name, {
    sign: made.key.keyPair,
    seal: made.sealKey.keyPair,
    receipt: made.receiptKey.keyPair,
  })
  return made
}
