import { readFileSync } from 'node:fs'
import { lintText, shapeFinding } from '@hexhail/audit/tariff/lint.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { type TariffDocument, tariffDocument } from '@hexhail/protocol/tariff-document.ts'
import {
  type SignedTariff,
  TARIFF_TYPES,
  tariffDomain,
  tariffStatement,
} from '@hexhail/protocol/tariff-signature.ts'

/** The JSON of a file. @throws {HexhailError} 'bad-tariff' */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new HexhailError('bad-tariff', `${path} cannot be read as JSON: correct it.`, { path }, cause)
  }
}

/** The document of a file that holds one, signed or not, as it stands there. @throws {HexhailError} 'bad-tariff' */
export function documentJson(path: string): unknown {
  const json = readJson(path) as { readonly document?: unknown } | null
  return json?.document ?? json
}

/** A well-formed document of a file. @throws {HexhailError} 'bad-tariff', with the first fault */
export function readDocument(path: string): TariffDocument {
  const read = tariffDocument(documentJson(path))
  if ('document' in read) return read.document
  throw new HexhailError('bad-tariff', `${path}: ${lintText(shapeFinding(read.faults[0]!))}`)
}

/** A document with the signature of a wallet. */
export async function signTariff(
  wallet: Pick<ChainWallet, 'signTypedData'>,
  doc: TariffDocument,
  chainId: number,
): Promise<SignedTariff> {
  const signature = await wallet.signTypedData(tariffDomain(chainId), TARIFF_TYPES, tariffStatement(doc))
  return { document: doc, chainId, signature }
}
