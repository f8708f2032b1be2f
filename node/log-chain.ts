import { createRpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Addresses } from './addresses.ts'
import type { LogNodeOptions } from './log-node.ts'

/** Blocks on top of an act on a chain that is not a test chain. */
const CONFIRMATIONS = 12
const LOCAL_CHAIN = 31_337

/**
 * What a log takes from a chain: its authority's acts, and with a wallet anchors in the name of that.
 * @throws {HexhailError} 'addresses' where the anchor contract is not named or not there
 */
export async function logChain(
  addresses: Addresses,
  wallet: ChainWallet | null,
  everyMs: number,
): Promise<Pick<LogNodeOptions, 'chain' | 'anchor'>> {
  const { chainId, rpcUrl, others } = addresses
  const chain = { addresses, confirmations: chainId === LOCAL_CHAIN ? 0 : CONFIRMATIONS }
  if (wallet === null) return { chain }
  const anchor = others?.anchor
  const hasCode = anchor && (await createRpc(rpcUrl)('eth_getCode', [anchor, 'latest'])) !== '0x'
  if (!anchor || !hasCode)
    throw new HexhailError(
      'addresses',
      'The addresses name no anchor contract that is there: run «hexhail deploy» again.',
      {
        anchor,
      },
    )
  return { chain, anchor: { place: { chainId, rpcUrl, anchor }, wallet, everyMs } }
}
