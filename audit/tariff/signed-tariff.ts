import { isHex } from '@hexhail/protocol/hex.ts'
import type { Tariff } from '@hexhail/protocol/tariff.ts'
import { classOfTariff } from '@hexhail/protocol/tariff-chain.ts'
import { tariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { type SignedTariff, tariffSigner } from '@hexhail/protocol/tariff-signature.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** A signed document out of JSON, with who signed it. `form`: it is none. `signature`: nobody's. */
export function signedTariff(
  json: unknown,
): Verdict<{ readonly signed: SignedTariff; readonly signer: Hex }, 'form' | 'signature'> {
  const { document: doc, chainId, signature } = (json ?? {}) as Readonly<Record<string, unknown>>
  const read = tariffDocument(doc)
  if ('faults' in read || !Number.isSafeInteger(chainId) || (chainId as number) <= 0 || !isHex(signature, 65))
    return reject('form')
  const signed = { document: read.document, chainId: chainId as number, signature }
  const signer = tariffSigner(signed)
  return signer === null ? reject('signature') : accept({ signed, signer })
}

/** Where the document behind a tariff of the chain stands at an audit node. */
export const tariffPath = (hash: Hex): string => `/tariffs/${hash.slice(2)}.json`

/** What was found behind a tariff of the chain. `none`: it names no document. `away`: nobody serves it now. */
export type FoundDocument =
  | { readonly state: 'checked'; readonly signed: SignedTariff; readonly class: string }
  | { readonly state: 'none' | 'away' | 'wrong' }

/** An audit node that does not answer for so long is away. */
const PATIENCE_MS = 10_000
const NONE = `0x${'00'.repeat(32)}`

/**
 * Fetches the document that a tariff of the chain names, and checks all of it: its hash, its authority's signature, and
 * that the chain's numbers are derived from it. `wrong`: what is served is not what the chain names.
 */
export async function fetchTariff(
  at: { readonly url: string; readonly chainId: number; readonly patienceMs?: number },
  tariff: Tariff,
  fetch: typeof globalThis.fetch,
): Promise<FoundDocument> {
  if (tariff.document === NONE) return { state: 'none' }
  const json: unknown = await fetch(`${at.url.replace(/\/+$/, '')}${tariffPath(tariff.document)}`, {
    signal: AbortSignal.timeout(at.patienceMs ?? PATIENCE_MS),
  })
    .then(response => (response.ok ? response.json() : null))
    .catch(() => null)
  if (json === null) return { state: 'away' }
  return checkedTariff(at.chainId, tariff, json)
}

/** What was served or kept as the document of a tariff, held against all that the chain says of it. */
export function checkedTariff(chainId: number, tariff: Tariff, json: unknown): FoundDocument {
  const read = signedTariff(json)
  if (read.verdict !== 'accept') return { state: 'wrong' }
  const { signed, signer } = read.value
  // The chain's numbers hold the hash too, so a class that fits proves the document.
  const of = classOfTariff(signed.document, tariff)
  const isTheirs = signer === tariff.authority.toLowerCase() && signed.chainId === chainId
  return of !== null && isTheirs ? { state: 'checked', signed, class: of } : { state: 'wrong' }
}
