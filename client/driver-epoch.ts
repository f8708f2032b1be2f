import { HANDOVER_RULE } from '@hexhail/matcher/handover/with-rides.ts'
import { bidBytes, packListed } from '@hexhail/protocol/bid.ts'
import { cellCentre, driverArea } from '@hexhail/protocol/cells.ts'
import { commitBytes, packMoves } from '@hexhail/protocol/commit.ts'
import { riderOf } from '@hexhail/protocol/driver-epoch.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { BIDS, MOST_LISTED } from '@hexhail/protocol/epoch-messages.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { equalBytes, toHex } from '@hexhail/protocol/hex.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { DEADLINE_S } from '@hexhail/protocol/trip.ts'
import type { DoubleCommits } from './double-commits.ts'
import type { ShiftDelegation } from './driver-delegation.ts'
import type { DriverEta } from './driver-eta.ts'
import { createRecords } from './driver-records.ts'
import { createEpochArea, type EpochArea } from './epoch-area.ts'
import type { Hearing } from './hearing.ts'
import type { ClientPorts } from './ports.ts'
import { sayInAreas } from './say-in-areas.ts'
import type { Session } from './session.ts'
import type { Talk } from './talk.ts'

/** The keys and conversations of the shift under way. */
export interface ShiftVoice {
  readonly session: Session
  readonly talk: Talk
  readonly delegation: ShiftDelegation
}

/** A driver's part in the epochs of the area that he is in. */
export interface DriverEpoch {
  /** Follows the area of a place, also during a ride: who becomes free must know who waits. */
  follow(at: LngLat): void
  rest(): void
  /** Seconds since the driver has had nothing to do. */
  idleS(): number
  bid(effect: Extract<DriverEffect, { type: 'bid' }>): Promise<void>
  commit(effect: Extract<DriverEffect, { type: 'commit' }>): Promise<void>
  stop(): void
}

/** What a driver's epochs need. */
export interface DriverEpochInit {
  readonly ports: ClientPorts
  readonly eta: DriverEta
  readonly voice: () => ShiftVoice
  readonly state: () => DriverState
  readonly dispatch: (event: DriverEvent) => Promise<void>
  readonly hearing: Pick<Hearing, 'take'>
  readonly doubles: DoubleCommits
}

/** A commit holds for the guard and this: the rider's wallet signs, and his terms go to the driver. Ms. */
const HOLD_MS = 15_000
/** Bids of this long are published in one list, ms. */
const GATHER_MS = 1_000

/** Hears calls for bids, publishes lists of them, and does what the driver's own solutions say. */
export function createDriverEpoch({
  ports,
  eta,
  voice,
  state,
  dispatch,
  hearing,
  doubles,
}: DriverEpochInit): DriverEpoch {
  const { now, every, report } = ports
  let area: string | null = null
  let freeSinceMs = now()
  let listAtMs = Number.POSITIVE_INFINITY
  const idleS = (): number => Math.floor((now() - freeSinceMs) / 1000)
  const gather = (): void => {
    listAtMs = Math.min(listAtMs, now() + GATHER_MS)
  }
  /** How soon he must be with a rider to be of use: one who has a driver changes for a much nearer one only. */
  const withinS = (rider: string): number => {
    const ride = market.book.rides().find(({ request }) => request === rider)
    if (ride === undefined) return Number.POSITIVE_INFINITY
    return ((ride.promiseMs - now()) * (1_000 - HANDOVER_RULE.stickPerMille)) / 1e6
  }
  const market: EpochArea = createEpochArea(ports, createRecords(ports), doubles, {
    called: ({ body, key, issuedAtMs }) => {
      if (!state().online || state().trip) return
      const heard = { request: { ...body, pickupAtMs: 0 }, key, issuedAtMs, expiresAtMs: body.untilMs }
      void hearing.take(heard, { idleS: idleS() }, withinS(peerName(key))).catch(report)
      // His bid and the call crossed: nobody else knows of it yet.
      const me = voice().session.key.publicKey
      const isListed = body.bids.some(raw => equalBytes(raw.subarray(0, me.length), me))
      const rider = toHex(key)
      if (!isListed && state().offers.some(({ bid, card }) => bid && card.key === rider)) gather()
    },
    solved: ({ number }, groups) => {
      const me = peerName(voice().session.key.publicKey)
      const move = groups.flat().find(({ to }) => to === me)
      if (move === undefined) return
      const holdMs = market.clock.guardMs() + HOLD_MS
      const { request } = move
      void dispatch({ type: 'take', epoch: number, request, moves: [move], holdMs }).catch(report)
    },
  })

  /** Publishes the standing bids on riders who called, but those that stand in a call of theirs already. */
  const list = async (): Promise<void> => {
    const { offers, shift } = state()
    const { session, delegation } = voice()
    const bids = offers
      .filter(offer => offer.bid && offer.card.isCalled)
      .sort((a, b) => a.etaS - b.etaS)
      .slice(0, MOST_LISTED)
      .map(offer => packListed(riderOf(offer), offer.bid!.etaDs, offer.bid!.idleS))
    if (bids.length === 0 || area === null || shift === null) return
    const { untilMs, signature } = await delegation.ready()
    const { raw } = await sayInAreas(ports, session.key, [area], BIDS, {
      ...{ area, account: ports.signer.address, sessionUntilMs: untilMs, delegation: signature },
      ...{ shiftSinceMs: freeSinceMs, holdS: DEADLINE_S.request, refused: [], bids },
    })
    await market.take(raw)
  }
  const stopLists = every(GATHER_MS / 4, () => {
    if (state().trip) freeSinceMs = now()
    if (now() < listAtMs) return
    listAtMs = Number.POSITIVE_INFINITY
    void list().catch(report)
  })

  return {
    follow: at => {
      area = driverArea(cellCentre(eta.cellOf(at)))
      market.follow([area])
    },
    rest: () => market.follow([]),
    idleS,
    bid: async ({ tag, rider, bid }) => {
      const { session, talk } = voice()
      const signature = await session.key.sign(bidBytes(rider, bid))
      const expiresAtMs = bid.issuedAtMs + 1000 * bid.holdS
      await talk.send(tag, { name: 'bid', body: { ...bid, signature } }, { expiresAtMs })
      if (state().offers.some(offer => offer.tag === tag && offer.card.isCalled)) gather()
    },
    commit: async ({ tag, commit }) => {
      const { session, talk } = voice()
      const signature = await session.key.sign(commitBytes(commit))
      const { epoch, promiseMs, expiresAtMs, moves } = commit
      const body = { epoch, promiseMs, expiresAtMs, moves: packMoves(moves), signature }
      await talk.send(tag, { name: 'commit', body }, { expiresAtMs })
    },
    stop: () => {
      stopLists()
      market.stop()
    },
  }
}
