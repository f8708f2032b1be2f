import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { KEY_BOND_LEAST } from '@hexhail/protocol/key-bond.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { FactChange } from './block-trail.ts'
import { createTrail } from './block-trail.ts'
import { type FollowOptions, followTrail } from './follow-trail.ts'
import { createMemoryShelf, type Placed } from './mark-shelf.ts'
import { createRpc, type Rpc } from './rpc.ts'
import type { RawLog } from './vault-log.ts'
import { addressOf, numberOf, uintOf, wordsOf } from './words.ts'

/** Where bonds of session keys are. */
export interface KeyBondPlace {
  readonly chainId: number
  readonly rpcUrl: string
  readonly keyBonds: Hex
}

/** Money that was laid beside a session key. */
export interface LaidBond extends Placed {
  readonly session: Hex
  readonly untilS: number
}

/** First topic of `Laid`, and first four bytes of `deployBlock()` (tests/unit/chain/key-bonds.test.ts). */
export const LAID_TOPIC = '0x0987df110f8c4174467cfd90b568e7ba9d35a430bc6ea63c1b30f1182d6104a8'
export const DEPLOY_BLOCK_SELECTOR = '0xa3ec191a'

/** The session keys that are bonded, as the chain tells; what a reorganisation takes back counts no more. */
export interface BondedKeys extends AsyncDisposable {
  isBonded(session: Hex, nowMs: number): boolean
  /** Resolves when all up to the newest block counts. */
  caughtUp(): Promise<void>
}

/**
 * Follows the bonds of a chain for as long as they run; while the chain does not answer, those known count on until
 * their time. @throws {HexhailError} 'no-contract' where none answers there; or a fault of the chain
 */
export async function followKeyBonds(
  place: KeyBondPlace,
  now: () => number,
  options: FollowOptions & { readonly rpc?: Rpc } = {},
): Promise<BondedKeys> {
  const { rpc = createRpc(place.rpcUrl) } = options
  const from = await deployBlockOf(rpc, place.keyBonds)
  const bonds = new Map<Hex, LaidBond[]>()
  const note = ({ type, fact }: FactChange<LaidBond>): void => {
    const laid = bonds.get(fact.session) ?? []
    if (type === 'fact') laid.push(fact)
    else laid.pop()
    if (laid.length > 0) bonds.set(fact.session, laid)
    else bonds.delete(fact.session)
  }
  const follower = followTrail<LaidBond>(
    rpc,
    over =>
      createTrail({
        rpc: over,
        source: { read: blocks => readLaid(over, place.keyBonds, blocks, now() / 1000), note },
        from,
        confirmations: 0,
        shelf: createMemoryShelf<LaidBond>(),
      }),
    { pollMs: 2000, ...options },
  )
  return {
    isBonded: (session, nowMs) => bonds.get(session)?.some(bond => bond.untilS * 1000 > nowMs) ?? false,
    caughtUp: () => follower.caughtUp(),
    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  }
}

/** The bonds laid in these blocks that are large enough and not over, in their order. */
async function readLaid(rpc: Rpc, address: Hex, blocks: object, nowS: number): Promise<LaidBond[]> {
  const logs = (await rpc('eth_getLogs', [{ address, topics: [LAID_TOPIC], ...blocks }])) as RawLog[]
  return logs.flatMap(({ topics, data, blockNumber, blockHash }) => {
    const [amount = '', until = ''] = wordsOf(data)
    const bond = {
      session: addressOf((topics[1] ?? '').slice(2)),
      untilS: numberOf(until),
      blockNumber: Number(blockNumber),
      blockHash,
    }
    return topics.length === 3 && until && uintOf(amount) >= KEY_BOND_LEAST && bond.untilS > nowS
      ? [bond]
      : []
  })
}

async function deployBlockOf(rpc: Rpc, keyBonds: Hex): Promise<number> {
  const answer = await rpc('eth_call', [{ to: keyBonds, data: DEPLOY_BLOCK_SELECTOR }, 'latest'])
  const [word] = wordsOf(String(answer))
  if (word !== undefined) return numberOf(word)
  throw new HexhailError('no-contract', `No bonds of keys answer at ${keyBonds}: correct the address.`, {
    keyBonds,
  })
}
