/** A contested trip out of the chain alone: the claim's transaction has the whole terms, the arbiter's name among them. */
import type { Details, Hex, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { Interface } from 'ethers'
import { FARE_VAULT_ABI } from './generated/abi.ts'
import type { ChainConfig } from './ports.ts'
import { quantity, type Rpc } from './rpc.ts'
import { factOf, type RawLog, TOPICS } from './vault-log.ts'

const VAULT = new Interface(FARE_VAULT_ABI)

/** A trip whose arbiter may rule. Money in minor units. */
export interface ContestedTrip {
  readonly id: Hex
  readonly terms: Terms
  /** What the rider admitted; the driver has it already. */
  readonly admitted: bigint
  /** What the arbiter shares out. */
  readonly disputed: bigint
  /** Unix seconds; after it half each. */
  readonly deadlineS: number
}

/** Why nothing can be ruled: it is not contested, or closed; or the claim was sent through another contract. */
export type NotContested = 'not-contested' | 'closed' | 'terms-unknown'

/** The case of a trip as it stands on the chain now. */
export async function contestedTrip(
  rpc: Rpc,
  { chainId, contracts }: ChainConfig,
  id: Hex,
): Promise<ContestedTrip | NotContested> {
  const { vault, deployBlock } = contracts
  const topics = [[TOPICS.claimed, TOPICS.contested, TOPICS.closed], id]
  const range = { fromBlock: quantity(deployBlock), toBlock: 'latest' }
  const logs = (await rpc('eth_getLogs', [{ address: vault, topics, ...range }])) as RawLog[]
  const facts = logs.flatMap(log => factOf(log, 0) ?? [])
  const last = facts.at(-1)
  if (last?.fact === 'closed') return 'closed'
  const claim = facts.findLast(({ fact }) => fact === 'claimed')
  if (last?.fact !== 'contested' || !claim) return 'not-contested'
  const sent = (await rpc('eth_getTransactionByHash', [claim.txHash])) as { input: Hex } | null
  const terms = sent && claimedTerms(sent.input)
  if (!terms || termsDigest({ chainId, vault }, terms) !== id.toLowerCase()) return 'terms-unknown'
  const { admitted, disputed, deadlineS } = last
  return { id, terms, admitted, disputed, deadlineS }
}

/** The terms in the call of `claim`; null: it is another call. */
function claimedTerms(input: Hex): Terms | null {
  const call = VAULT.parseTransaction({ data: input })
  if (call?.name !== 'claim') return null
  const [t, d] = call.args.map(each => each.toObject?.()) as [Fields<Terms>, Fields<Details>]
  const number = (value: unknown): number => Number(value)
  const hex = (value: unknown): Hex => String(value).toLowerCase() as Hex
  const times = { freeUntil: number(d.freeUntil), lateAt: number(d.lateAt), pickupBy: number(d.pickupBy) }
  return {
    ...{ rider: hex(t.rider), driver: hex(t.driver), session: hex(t.session) },
    ...{ fare: BigInt(t.fare), hold: BigInt(t.hold), lane: number(t.lane), seq: BigInt(t.seq) },
    ...{ tariff: number(t.tariff), metres: number(t.metres), secs: number(t.secs), bp: number(t.bp) },
    acceptBy: number(t.acceptBy),
    details: {
      ...{ cancelFee: BigInt(d.cancelFee), noShowFee: BigInt(d.noShowFee), ...times },
      ...{ expiry: number(d.expiry), arbiter: hex(d.arbiter) },
      ...{ boarding: hex(d.boarding), record: hex(d.record) },
    },
  }
}

/** As ethers gives a struct: integers are bigints. */
type Fields<T> = Readonly<Record<keyof T, bigint | string>>
