import { walletFromProvider } from '@hexhail/chain/injected-wallet.ts'
import { publishTariff } from '@hexhail/chain/publish-tariff.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { chainTariff } from '@hexhail/protocol/tariff-chain.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { TARIFF_TYPES, tariffDomain, tariffStatement } from '@hexhail/protocol/tariff-signature.ts'
import type { AuthorityConfig } from './config.ts'
import type { TariffHand } from './tariff-desk.ts'

/**
 * Signs a document with the authority's wallet, gives it to the audit node, then publishes each of its classes.
 * @throws {HexhailError} 'not-authority', 'AUDIT_DOWN', 'AUDIT_REFUSED', or a fault of wallet or chain
 */
export async function publishDraft(
  { chainId, rpcUrl, contracts, auditUrl, tariffId }: AuthorityConfig,
  hand: TariffHand,
  doc: TariffDocument,
): Promise<readonly number[]> {
  const chain = { chainId, rpcUrl, tariffs: contracts.tariffs }
  const wallet =
    hand.kind === 'key' ? walletFromKey(hand.key) : await walletFromProvider(hand.provider, chain)
  const { authority } = await createReader({ chainId, rpcUrl, contracts }).tariff(tariffId)
  if (wallet.address !== authority)
    throw new HexhailError(
      'not-authority',
      `${wallet.address} is not the authority of this page, ${authority} is.`,
    )
  const signature = await wallet.signTypedData(tariffDomain(chainId), TARIFF_TYPES, tariffStatement(doc))
  const response = await fetch(`${auditUrl.replace(/\/+$/, '')}/tariffs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: doc, chainId, signature }),
  }).catch(cause => {
    throw new HexhailError('AUDIT_DOWN', `The audit node at ${auditUrl} does not answer.`, {}, cause)
  })
  if (!response.ok) throw new HexhailError('AUDIT_REFUSED', `The audit node refused it (${response.status}).`)
  const ids: number[] = []
  for (const of of doc.classes)
    ids.push((await publishTariff(chain, wallet, chainTariff(doc, of.id, wallet.address))).id)
  return ids
}
