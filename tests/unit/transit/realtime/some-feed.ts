/** A transit operator of tests: its wallet, what it says, and messages as it makes them. */
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { createOperatorFeed } from '@hexhail/client/operator-feed.ts'
import { cellAt, FAR_RES, transitTopic } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Entity, TripEntity, VehicleEntity } from '@hexhail/transit/realtime/entity.ts'
import { writeEntity } from '@hexhail/transit/realtime/write-entity.ts'
import { CHAIN, NOW } from '../../protocol/some-gossip.ts'

export const AGENCY = 'coetc'
export const PERMITS = `0x${'4e'.repeat(20)}` as const
export const OPERATOR = walletFromKey(`0x${'51'.repeat(32)}`)
export const AT: LngLat = [Math.fround(-56.1645), Math.fround(-34.9011)]
export const FEED_CELL = cellAt(AT, FAR_RES)
export const FEED_TOPIC = transitTopic(CHAIN, AGENCY, FEED_CELL)

/** A bus on the way, as of `NOW`. */
export const someVehicle = (over: Partial<VehicleEntity> = {}): VehicleEntity => ({
  ...{ kind: 'vehicle', id: 'v7', vehicle: 'bus-7', label: '121', at: AT, bearingDeg: 90, speedMps: null },
  trip: { trip: 't1', startTime: '', startDate: '20270115', as: 0, route: '121', direction: 0 },
  ...{ sequence: 4, stop: '', status: 2, occupancy: null, atS: NOW / 1000 },
  ...over,
})

/** A trip that will be late. */
export const someTrip = (over: Partial<TripEntity> = {}): TripEntity => ({
  ...{ kind: 'trip', id: 't7', vehicle: 'bus-7', lateS: null, atS: NOW / 1000 },
  trip: { trip: 't1', startTime: '', startDate: '20270115', as: 0, route: '121', direction: 0 },
  calls: [
    { sequence: 4, stop: '', arrival: { lateS: -30, timeS: null }, departure: null, as: null },
    {
      ...{ sequence: 6, stop: 's6', arrival: { lateS: 240, timeS: null } },
      ...{ departure: { lateS: 250, timeS: null }, as: 0 },
    },
    { sequence: 9, stop: '', arrival: null, departure: null, as: 1 },
  ],
  ...over,
})

/** What an operator publishes of these entities; any wallet, register and agency may be put in the place of its own. */
export async function sealFeed(
  entities: readonly (Entity | Uint8Array)[],
  over: {
    readonly cell?: string
    readonly signer?: typeof OPERATOR
    readonly address?: Hex
    readonly permits?: Hex
    readonly agency?: string
    readonly nowMs?: number
  } = {},
): Promise<{ topic: string; raw: Uint8Array }[]> {
  const { cell = FEED_CELL, signer = OPERATOR, permits = PERMITS, agency = AGENCY, nowMs = NOW } = over
  const sent: { topic: string; raw: Uint8Array }[] = []
  const feed = createOperatorFeed({
    ...{ chainId: CHAIN, permits, agency, now: () => nowMs },
    signer: {
      address: over.address ?? signer.address,
      signTypedData: (...of) => signer.signTypedData(...of),
    },
    leaf: { audience: () => 1, workBits: () => 4, publish: async (topic, raw) => sent.push({ topic, raw }) },
  })
  await feed.say(entities.map(e => ({ cell, bytes: e instanceof Uint8Array ? e : writeEntity(e) })))
  return sent
}
