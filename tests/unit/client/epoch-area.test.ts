import { openDoubleCommits } from '@hexhail/client/double-commits.ts'
import { createEpochArea } from '@hexhail/client/epoch-area.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { epochTopic, farCell } from '@hexhail/protocol/cells.ts'
import { commitBytes, type Move, packMoves } from '@hexhail/protocol/commit.ts'
import { sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { CONFIRM } from '@hexhail/protocol/epoch-messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { describe, expect, it } from 'vitest'
import { type SomeBid, someCall } from '../protocol/some-call.ts'
import { CELL, CHAIN } from '../protocol/some-gossip.ts'
import { RULES } from '../protocol/table-top.ts'

const AREA = farCell(CELL)
const T = 1_800_000_000_000
const times = { issuedAtMs: T, lifeMs: 60_000, workBits: 1 }
const topic = epochTopic(CHAIN, AREA)
const nameOf = ({ publicKey }: SessionKey) => peerName(publicKey)

/** An area that is handed words, by a clock set by hand. */
async function area(store = createMemoryStore(), rules: TripRules = RULES) {
  let nowMs = T
  const looks: (() => void)[] = []
  const solved: Move[] = []
  const doubled: string[] = []
  const ports = {
    ...{ leaf: { subscribe: () => () => {} }, chainId: CHAIN, rules, now: () => nowMs },
    every: (_: number, run: () => void) => {
      looks.push(run)
      return () => {}
    },
    report: (error: unknown) => {
      throw error
    },
  } as unknown as ClientPorts
  const doubles = await openDoubleCommits(store)
  const records = { ask: async () => ({ trips: 0, permitUntilS: 9e9 }) } as never
  const market = createEpochArea(ports, records, doubles, {
    doubled: driver => doubled.push(driver),
    solved: (_, groups) => solved.push(...groups.flat()),
  })
  market.follow([AREA])
  const call = async (rider: SessionKey, bidders: readonly SomeBid[], to = rider) =>
    market.take(await someCall(rider, bidders, { area: AREA, atMs: T, to }))
  const confirm = async (rider: SessionKey, driver: SessionKey, epoch: number) => {
    const names = { driver: nameOf(driver), request: nameOf(rider) }
    const moves = [{ request: names.request, from: null, to: names.driver }]
    const figures = { epoch, promiseMs: T + 90_000, expiresAtMs: T + 9_000 }
    const signature = await driver.sign(commitBytes({ ...figures, ...names, moves }))
    const body = { ...figures, area: AREA, driver: driver.publicKey, moves: packMoves(moves), signature }
    await market.take(await sealEnvelope({ topic, message: CONFIRM, body, session: rider, ...times }))
  }
  return {
    ...{ call, confirm, solved, doubled, doubles },
    pass: (ms: number) => {
      nowMs += ms
      for (const look of looks) look()
    },
  }
}
const [ann, bob, cat] = await Promise.all([createSessionKey(), createSessionKey(), createSessionKey()])
const [car, van] = await Promise.all([createSessionKey(), createSessionKey()])

describe('an area', () => {
  it('solves an epoch at its end and the guard, by the bids that are their drivers’ own', async () => {
    const here = await area()
    await here.call(ann, [
      [car, 600],
      [van, 700],
    ])
    await here.call(bob, [
      [car, 300],
      [van, 2_000],
    ])
    await here.call(cat, [[van, 10]], ann) // a bid for another rider
    here.pass(2_900)
    expect(here.solved).toEqual([])
    here.pass(200)
    const given = here.solved.map(({ request, to }) => [request, to])
    expect(new Map(given as [string, string][])).toEqual(
      new Map([
        [nameOf(ann), nameOf(van)],
        [nameOf(bob), nameOf(car)],
      ]),
    )
  })

  it('counts who has waited long as nearer where the region has it so, and nobody by more than its most', async () => {
    const idleCredit = { perMille: 50, mostDs: 600 }
    const near = [car, 600] as const
    const chosen = async (etaDs: number, rules?: TripRules) => {
      const here = await area(createMemoryStore(), rules)
      await here.call(ann, [near, [van, etaDs, 60_000]])
      here.pass(3_100)
      return here.solved.map(({ to }) => to)
    }
    expect(await chosen(1_199, { ...RULES, idleCredit })).toEqual([nameOf(van)])
    expect(await chosen(1_201, { ...RULES, idleCredit })).toEqual([nameOf(car)])
    expect(await chosen(601)).toEqual([nameOf(car)])
  })

  it('keeps the proof against a driver who promised two rides, and hears him no more', async () => {
    const store = createMemoryStore()
    const here = await area(store)
    await here.confirm(ann, car, 7)
    await here.confirm(bob, car, 8)
    expect(here.doubled).toEqual([])
    await here.confirm(bob, car, 7)
    expect(here.doubled).toEqual([nameOf(car)])
    expect(here.doubles.all()).toHaveLength(1)
    const again = await area(store)
    await again.call(cat, [
      [car, 100],
      [van, 900],
    ])
    again.pass(3_100)
    expect(again.solved.map(({ to }) => to)).toEqual([nameOf(van)])
  })
})
