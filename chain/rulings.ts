import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { FARE_VAULT_ABI } from './generated/abi.ts'
import { quantity, type Rpc } from './rpc.ts'
import { type RawLog, TOPICS } from './vault-log.ts'

const RULE = new Interface(FARE_VAULT_ABI).getFunction('rule')!.selector

/**
 * Logs `Closed` of a vault in these blocks that an arbiter's own call of `rule` made, and not silence or a waiver. One who
 * rules through another contract is not told from those.
 */
export async function readRulings(
  rpc: Rpc,
  vault: Hex,
  arbiter: Hex,
  fromBlock: number,
  toBlock: number,
): Promise<RawLog[]> {
  const range = { fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) }
  const logs = (await rpc('eth_getLogs', [{ address: vault, topics: [TOPICS.closed], ...range }])) as RawLog[]
  const isRuling = await Promise.all(
    logs.map(async ({ transactionHash }) => {
      const sent = (await rpc('eth_getTransactionByHash', [transactionHash])) as {
        readonly from: Hex
        readonly to: Hex | null
        readonly input: Hex
      } | null
      return (
        sent?.from.toLowerCase() === arbiter.toLowerCase() &&
        sent.to?.toLowerCase() === vault.toLowerCase() &&
        sent.input.startsWith(RULE)
      )
    }),
  )
  return logs.filter((_, i) => isRuling[i])
}
