import { applyChange, createFollower, type FollowerInit } from '@hexhail/chain/follower.ts'
import type { ChainConfig } from '@hexhail/chain/ports.ts'
import { signTerms } from '@hexhail/chain/typed.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { expect } from 'vitest'
import type { localChain } from './local-chain.ts'

type World = Awaited<ReturnType<typeof localChain>>

/** A follower that looks only when asked to catch up, and a list kept by its changes. */
export function follow(config: ChainConfig, more: Partial<FollowerInit> = {}) {
  const follower = createFollower({ config, after: () => () => {}, ...more })
  let facts: ChainFact[] = []
  const changes: string[] = []
  follower.on(change => {
    if (change.type === 'undone') expect(change.fact).toEqual(facts.at(-1))
    facts = applyChange(facts, change)
    changes.push(`${change.type} ${change.fact.fact}`)
  })
  return { follower, changes, facts: () => facts }
}

/** What a follower that never saw a reorganisation says. */
export async function truth(config: ChainConfig): Promise<readonly ChainFact[]> {
  const { follower, facts } = follow({ ...config, confirmations: 0 })
  await follower.caughtUp()
  await follower[Symbol.asyncDispose]()
  return facts()
}

/** A new trip of the rider, held by the driver. */
export async function hold(world: World, rider: ChainWallet, driver: ChainWallet) {
  const terms = await world.termsOf(rider.address, driver.address)
  const domain = { chainId: world.config.chainId, vault: world.config.contracts.vault }
  await driver.writer(world.config).hold(terms, await signTerms(rider, domain, terms))
  return { terms, id: termsDigest(domain, terms) }
}

/** A hold and the driver's release of it: two facts. Resolves with the trip's id. */
export async function trip(world: World, rider: ChainWallet, driver: ChainWallet): Promise<Hex> {
  const { terms, id } = await hold(world, rider, driver)
  await driver.writer(world.config).release(terms)
  return id
}
