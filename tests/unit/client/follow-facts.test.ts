import { createTrail } from '@hexhail/chain/block-trail.ts'
import { followTrail } from '@hexhail/chain/follow-trail.ts'
import { createMemoryShelf } from '@hexhail/chain/mark-shelf.ts'
import { quantity } from '@hexhail/chain/rpc.ts'
import { followFacts } from '@hexhail/client/follow-facts.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { expect, it } from 'vitest'

interface Told {
  readonly type: 'chain' | 'undone'
  readonly fact: ChainFact
}

const TERMS: Hex = `0x${'11'.repeat(32)}`
const hex = (n: number): Hex => `0x${n.toString(16).padStart(64, '0')}`
const released = (tx: number, blockNumber: number, fork: number): ChainFact => ({
  ...{ fact: 'released', terms: TERMS, txHash: hex(tx), blockNumber, logIndex: 0 },
  ...{ blockHash: hex(1000 * fork + blockNumber), timestampS: 10 * blockNumber },
})

/** A chain whose blocks a test writes, and the shipped follower over it. */
function chainOf(blocks: (ChainFact | null)[], fork: number) {
  const blockAt = (number: number) =>
    number < blocks.length
      ? {
          number: quantity(number),
          hash: hex(1000 * fork + number),
          parentHash: hex(1000 * fork + number - 1),
        }
      : null
  const rpc = async (_: string, [at]: readonly unknown[]) =>
    blockAt(at === 'latest' ? blocks.length - 1 : Number(at))
  return followTrail<ChainFact>(
    rpc,
    bare =>
      createTrail({
        rpc: bare,
        source: { read: async () => blocks.filter(fact => fact !== null) },
        ...{ from: 0, confirmations: 0, shelf: createMemoryShelf() },
      }),
    { after: () => () => {} },
  )
}

/** What a machine with this memory is told when its page opens. */
async function opened(blocks: (ChainFact | null)[], known: readonly ChainFact[]): Promise<Told[]> {
  const follower = chainOf(blocks, 2)
  const told: Told[] = []
  followFacts(follower, {
    known: () => known,
    concerns: terms => terms === TERMS,
    tell: change => void told.push(change),
  })
  await follower.caughtUp()
  await follower.caughtUp()
  await follower[Symbol.asyncDispose]()
  return told
}

it('first takes back what a reorganisation undid while the page was closed', async () => {
  const [held, settled] = [released(1, 1, 1), released(2, 2, 1)]
  const again = released(3, 2, 2)
  const told = await opened([null, released(1, 1, 2), again], [held, settled])
  expect(told.map(({ type, fact }) => `${type} ${Number(fact.txHash)}`)).toEqual([
    'undone 2',
    'chain 1',
    'chain 3',
  ])
})

it('takes back nothing that the chain still says, also in another block', async () => {
  const told = await opened([null, null, released(1, 2, 2)], [released(1, 1, 1)])
  expect(told.map(({ type }) => type)).toEqual(['chain'])
})

it('takes back the newest first, and all of it where nothing is left', async () => {
  const told = await opened([null], [released(1, 1, 1), released(2, 1, 1)])
  expect(told.map(({ type, fact }) => `${type} ${Number(fact.txHash)}`)).toEqual(['undone 2', 'undone 1'])
})

it('says nothing of terms that do not concern the machine', async () => {
  const told = await opened([null, { ...released(1, 1, 2), terms: hex(9) }], [])
  expect(told).toEqual([])
})
