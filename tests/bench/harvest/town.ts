import { createDriverEta } from '@hexhail/client/driver-eta.ts'
import { createHearing } from '@hexhail/client/hearing.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createRuntime, type Runtime } from '@hexhail/client/runtime.ts'
import { createStickyCell } from '@hexhail/client/sticky-cell.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEffect, DriverEvent, DriverState, SentOffer } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'

/** A driver who answers every card, by the product's own code from the gossip message to the words of his offer. */
export interface AnsweringDriver {
  readonly at: LngLat
  dispatch(event: DriverEvent): Promise<void>
}

/** What a driver says in a conversation. */
export interface Said {
  readonly driver: number
  readonly tag: string
  readonly request: Hex
  readonly offer?: SentOffer
  readonly message?: PrivateMessage
}

/** How a town is made. `cellOf` stands in for the sticky cell, to see what that is worth. */
export interface TownInit {
  readonly city: AsyncCity
  readonly rules: TripRules
  readonly places: readonly LngLat[]
  readonly random: () => number
  readonly cellOf?: (at: LngLat) => string
}

/** Drivers and a gossip without a network between them; the clock goes on when it is told to. */
export interface Town {
  readonly drivers: readonly AnsweringDriver[]
  readonly leaf: Pick<Leaf, 'audience' | 'publish' | 'presence' | 'workBits'>
  readonly now: () => number
  pass(ms: number): Promise<void>
  /** Resolves when nobody has anything to do. */
  settle(): Promise<void>
  /** Takes what the drivers have said since the last call. */
  heard(): Said[]
}

const START_MS = 1_795_399_800_000

/** Opens a town whose drivers stand at the places, online. */
export async function createTown({ city, rules, places, random, cellOf }: TownInit): Promise<Town> {
  let nowMs = START_MS
  let tags = 0
  let said: Said[] = []
  const topics = new Map<string, Set<(data: Uint8Array, from: string) => void>>()
  const subscribe: Leaf['subscribe'] = (topic, fn) => {
    const takers = topics.get(topic) ?? new Set()
    topics.set(topic, takers.add(fn))
    return () => takers.delete(fn)
  }
  const now = () => nowMs
  const report = (error: unknown) => {
    throw error
  }
  const runtimes: Runtime<DriverState, DriverEvent>[] = []
  const settle = async () => {
    await new Promise(resolve => setImmediate(resolve))
    for (const runtime of runtimes) await runtime.idle()
  }
  const open = async (at: LngLat, i: number): Promise<AnsweringDriver> => {
    const ports = {
      leaf: { subscribe },
      chainId: rules.domain.chainId,
      city,
      rules,
      report,
    } as unknown as ClientPorts
    const eta = createDriverEta(ports, cellOf ?? createStickyCell(random))
    const requests = new Map<string, Hex>()
    const run = async (effect: DriverEffect, dispatch: (event: DriverEvent) => Promise<void>) => {
      if (effect.type === 'openOffer') {
        const request = toHex(effect.offer.card.request.requestId)
        requests.set(effect.offer.tag, request)
        said.push({ driver: i, tag: effect.offer.tag, request, offer: effect.offer })
      } else if (effect.type === 'firmEta') {
        const etaS = await eta.firmS(at, effect.cell)
        if (etaS !== null) await dispatch({ type: 'quote', tag: effect.tag, etaS })
      } else if (effect.type === 'send') {
        const request = requests.get(effect.tag)
        if (request) said.push({ driver: i, tag: effect.tag, request, message: effect.message })
      }
    }
    const car = { name: 'Bruno', text: 'BYD Dolphin, white', plate: 'STX 1234', seats: 4, needs: 15 }
    const account: Hex = `0x${(i + 1).toString(16).padStart(40, '0')}`
    const runtime = await createRuntime<DriverState, DriverEvent, DriverEffect>({
      key: 'shift',
      store: createMemoryStore(),
      initial: driverStart(account, car),
      reduce: (state, event, atMs) => driver(state, event, atMs, rules),
      run,
      now,
      report,
    })
    runtimes.push(runtime)
    const hearing = createHearing(
      ports,
      eta,
      (from, { cell }) => eta.coarseS(from, cell),
      () => at,
      async heard => {
        const requestId = toHex(heard.request.requestId)
        await runtime.dispatch({ type: 'request', ...heard })
        const card = runtime.state.value.cards.some(c => toHex(c.request.requestId) === requestId)
        const tag = (tags++).toString(16).padStart(32, '0')
        if (card) await runtime.dispatch({ type: 'offer', requestId, tag, bp: 10_000 })
      },
    )
    await runtime.dispatch({ type: 'online', online: true })
    hearing.follow(at)
    return { at, dispatch: runtime.dispatch }
  }
  const drivers = await Promise.all(places.map(open))
  const count = (topic: string) => topics.get(topic)?.size ?? 0
  return {
    drivers,
    now,
    settle,
    leaf: {
      audience: topic => Math.min(2, count(topic)),
      publish: async (topic, data) => {
        for (const take of topics.get(topic) ?? []) take(data, 'relay')
        return Math.min(2, count(topic))
      },
      presence: async asked => asked.map(count),
      workBits: () => 0,
    },
    pass: async ms => {
      nowMs += ms
      for (const runtime of runtimes) await runtime.dispatch({ type: 'tick' })
      await settle()
    },
    heard: () => {
      const heard = said
      said = []
      return heard
    },
  }
}
