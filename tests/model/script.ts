/** The driver just before he is chosen: he has heard the request, offered, and been asked for a firm time. */
import { cellAt } from '@hexhail/protocol/cells.ts'
import type { DriverState } from '@hexhail/protocol/driver-state.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { DRIVER_KEYS, ETA_S, MADE, offerOf, PLAN, RIDER_KEY, TAGS, TIMES_MS } from './setting.ts'

export const SHIFT = { id: `0x${'5f'.repeat(16)}` as Hex, key: DRIVER_KEYS[0]! }
export const CAR: DriverState['car'] = {
  name: 'Bruno',
  text: 'BYD Dolphin, white',
  plate: 'STX 1234',
  seats: 4,
  needs: 0,
  credentials: {
    permit: `0x${'09'.repeat(32)}`,
    vehicle: `0x${'00'.repeat(32)}`,
    vehicleClass: 0,
    propulsion: 4,
  },
}

/** His shift with that offer out. */
export function toldOffer(shift: DriverState): DriverState {
  const request = {
    requestId: fromHex(MADE.requestId, 16),
    cell: cellAt(PLAN.pickup, 7),
    tariff: 1,
    distanceKm: 4,
    minutes: 9,
    heading: 1,
    seats: 1,
    needs: 0,
    pickupAtMs: 0,
    sealKey: new Uint8Array(32),
    replyTo: [],
  }
  const { expiresAtMs, bp } = offerOf(0)
  const heardAtMs = TIMES_MS[0]!
  const card = { request, key: toHex(RIDER_KEY), etaS: ETA_S, issuedAtMs: heardAtMs, heardAtMs, expiresAtMs }
  const asked = { cell: cellAt(PLAN.pickup, 9), metres: PLAN.metres, secs: PLAN.secs }
  return {
    ...shift,
    offers: [{ tag: TAGS[0]!, card, bp, etaS: ETA_S, expiresAtMs, asked, isFirm: false, bid: null }],
  }
}
