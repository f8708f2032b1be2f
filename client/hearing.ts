import { cellCentre, driverTopics } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { DriverEta } from './driver-eta.ts'
import { requestIn } from './gossip.ts'
import type { ClientPorts } from './ports.ts'

/** The requests that a driver hears, by the cell he is in. */
export interface Hearing {
  /** Follows the topics of the place's cells, and leaves those of the last ones. */
  follow(at: LngLat): void
  /**
   * Takes a request that was heard elsewhere; `called`: in a call for bids, by a driver who has been idle so long; `withinS`:
   * who needs longer than this is not told.
   */
  take(
    heard: {
      readonly request: Request
      readonly key: Uint8Array
      readonly issuedAtMs: number
      readonly expiresAtMs: number
    },
    called?: { readonly idleS: number },
    withinS?: number,
  ): Promise<void>
  /** Follows nothing. */
  rest(): void
}

/** A coarse ETA may be this much too long, seconds. */
const COARSE_S = 120

/** Listens for requests; each is told with the driver's coarse ETA. */
export function createHearing(
  { leaf, chainId, rules, report }: ClientPorts,
  eta: Pick<DriverEta, 'cellOf'>,
  coarseS: (at: LngLat, request: Request) => Promise<number | null>,
  here: () => LngLat | null,
  tell: (heard: {
    request: Request
    key: Hex
    etaS: number
    issuedAtMs: number
    expiresAtMs: number
    called?: { readonly idleS: number }
  }) => Promise<void>,
): Hearing {
  const followed = new Map<string, () => void>()

  const take: Hearing['take'] = async ({ request, key, ...times }, called, withinS = Infinity) => {
    const at = here()
    if (!at || request.tariff !== rules.tariffId) return
    // Where the car is now says nothing of a ride for later, so nobody is told.
    const etaS = request.pickupAtMs ? 0 : await coarseS(at, request)
    if (etaS !== null && etaS - COARSE_S < withinS)
      await tell({ request, key: toHex(key), etaS, ...times, ...(called && { called }) })
  }
  const hear = async (data: Uint8Array) => {
    const heard = requestIn(data)
    if (heard) await take(heard)
  }
  return {
    take,
    follow: at => {
      // By the sticky cell as well: what a driver hears says no more of his place than what he answers.
      const wanted = new Set(driverTopics(chainId, cellCentre(eta.cellOf(at))))
      for (const [topic, leave] of followed) {
        if (wanted.has(topic)) continue
        leave()
        followed.delete(topic)
      }
      for (const topic of wanted) {
        if (!followed.has(topic))
          followed.set(
            topic,
            leaf.subscribe(topic, data => void hear(data).catch(report)),
          )
      }
    },
    rest: () => {
      for (const leave of followed.values()) leave()
      followed.clear()
    },
  }
}
