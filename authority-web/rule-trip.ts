import { appendAct } from '@hexhail/audit/log/append-act.ts'
import { createLogClient } from '@hexhail/audit/log/log-client.ts'
import { type ContestedTrip, contestedTrip, type NotContested } from '@hexhail/chain/contested-trip.ts'
import { walletFromProvider } from '@hexhail/chain/injected-wallet.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AuthorityConfig } from './config.ts'
import type { TariffHand } from './tariff-desk.ts'

type World = Pick<AuthorityConfig, 'chainId' | 'rpcUrl' | 'contracts' | 'log'>

/** What an arbiter decides. */
export interface Ruling {
  /** Of what is disputed, minor units; the rest is the rider's. */
  readonly toDriver: bigint
  /** For the public log; empty: none. */
  readonly reason: string
}

/** What is disputed of a trip, as the chain says it now. */
export const lookAtDispute = (world: World, id: Hex): Promise<ContestedTrip | NotContested> =>
  contestedTrip(createRpc(world.rpcUrl), world, id)

/**
 * Rules in the name of a wallet, which must be the arbiter of the terms, then puts the reason into the public log, signed.
 * `isReasonKept`: false where there is no log, or it did not answer; the ruling stands all the same.
 * @throws {HexhailError} 'not-arbiter', or a fault of wallet or chain
 */
export async function ruleTrip(
  world: World,
  hand: TariffHand,
  { id, terms }: ContestedTrip,
  { toDriver, reason }: Ruling,
): Promise<{ readonly tx: Hex; readonly isReasonKept: boolean }> {
  const wallet =
    hand.kind === 'key' ? walletFromKey(hand.key) : await walletFromProvider(hand.provider, world)
  const { arbiter } = terms.details
  if (wallet.address !== arbiter)
    throw new HexhailError('not-arbiter', `${wallet.address} is not the arbiter of this trip, ${arbiter} is.`)
  const tx = await wallet.writer(world).rule(terms, toDriver)
  if (reason === '' || !world.log) return { tx, isReasonKept: false }
  const { add } = createLogClient(world.log.url, (input, init) => fetch(input, init))
  const matter = { name: 'reason', terms: fromHex(id, 32), reason } as const
  const isReasonKept = await appendAct(add, matter, { wallet, atMs: Date.now() }).then(
    () => true,
    () => false,
  )
  return { tx, isReasonKept }
}
