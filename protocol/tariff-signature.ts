import { fromHex, toHex } from './hex.ts'
import { HexhailError } from './hexhail-error.ts'
import { recoverAccount } from './recover.ts'
import { type TariffDocument, tariffHash } from './tariff-document.ts'
import type { Hex } from './terms.ts'
import { structHasher, type TypedTypes, typedDigest } from './typed-data.ts'

/** Types of an authority's signature under a document, for a wallet's typed-data request. */
export const TARIFF_TYPES = {
  TariffDocument: [
    { name: 'document', type: 'bytes32' },
    { name: 'prev', type: 'bytes32' },
    { name: 'tariff', type: 'string' },
    { name: 'version', type: 'uint32' },
    { name: 'validFrom', type: 'uint40' },
    { name: 'validTo', type: 'uint40' },
  ],
} satisfies TypedTypes

/** The EIP-712 domain of a tariff's signature. */
export const tariffDomain = (chainId: number) => ({ name: 'Hexhail Tariff', version: '1', chainId })

/** What is signed of a document. */
export const tariffStatement = (doc: TariffDocument) => ({
  document: tariffHash(doc),
  prev: doc.prev,
  tariff: doc.id,
  version: doc.version,
  validFrom: doc.validFrom,
  validTo: doc.validTo,
})

/** A document with its authority's signature, as it is kept and served. */
export interface SignedTariff {
  readonly document: TariffDocument
  readonly chainId: number
  readonly signature: Hex
}

const hashStatement = structHasher<ReturnType<typeof tariffStatement>>(TARIFF_TYPES, 'TariffDocument')
const hashDomain = structHasher<ReturnType<typeof tariffDomain>>(
  {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
    ],
  },
  'EIP712Domain',
)

/** The account that signed a document, or null for a signature of nobody. */
export function tariffSigner({ document: doc, chainId, signature }: SignedTariff): Hex | null {
  const digest = toHex(typedDigest(hashDomain(tariffDomain(chainId)), hashStatement(tariffStatement(doc))))
  try {
    return recoverAccount(digest, fromHex(signature, 65))
  } catch (error) {
    if (error instanceof HexhailError) return null
    throw error
  }
}
