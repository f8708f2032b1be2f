import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { transitCredential } from '@hexhail/protocol/operator.ts'

/** Of the accounts that a local chain is born with: the authority, and who runs the demo's buses. */
const [AUTHORITY, OPERATOR] = [0, 3]
const LOCAL_CHAIN = 31_337
const DAYS = 30

/**
 * Has the demo's authority list the demo's operator, where it is not listed; returns which account that is.
 * @throws {HexhailError} 'only-local-chain' on any other chain
 */
export async function demoOperator(config: AppConfig, agency: string): Promise<number> {
  const { chainId, rpcUrl, contracts } = config
  if (chainId !== LOCAL_CHAIN)
    throw new HexhailError(
      'only-local-chain',
      `There are no test accounts on chain ${chainId}: leave out --demo.`,
    )
  const [authority, operator] = [AUTHORITY, OPERATOR].map(at => walletFromKey(localChainKey(at)))
  const chain = { chainId, rpcUrl, contracts }
  const reader = createReader(chain)
  const [permit, head] = await Promise.all([
    reader.permit(authority!.address, operator!.address),
    reader.head(),
  ])
  const credential = transitCredential(agency)
  if (permit.credential !== credential || permit.untilS < head.timestampS + 86_400) {
    const untilS = Math.max(head.timestampS, Math.floor(Date.now() / 1000)) + DAYS * 86_400
    await grantPermit(chain, authority!, { driver: operator!.address, untilS, credential })
  }
  return OPERATOR
}
