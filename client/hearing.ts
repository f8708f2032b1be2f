import { cellAt, cellCentre, driverTopics } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Request } from '@hexhail/protocol/messages.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { requestIn } from './gossip.ts'
import type { ClientPorts } from './ports.ts'

/** The requests that a driver hears, by the cell he is in. */
export interface Hearing {
  /** Follows the topics of the place's cells, and leaves those of the last ones. */
  follow(at: LngLat): void
  /** Follows nothing. */
  rest(): void
}

/** ETAs in offers are multiples of this, rounded up, seconds: finer ones would give the driver's place away. */
const ETA_STEP_S = 120

/** Listens for requests; each is told with the driver's coarse ETA. */
export function createHearing(
  { leaf, chainId, city, rules, report }: ClientPorts,
  here: () => LngLat | null,
  tell: (heard: { request: Request; key: Hex; etaS: number; expiresAtMs: number }) => Promise<void>,
): Hearing {
  const followed = new Map<string, () => void>()

  const hear = async (data: Uint8Array) => {
    const heard = requestIn(data)
    const at = here()
    if (!heard || !at || heard.request.tariff !== rules.tariffId) return
    const etaS = await coarseEtaS(at, heard.request.cell)
    if (etaS !== null)
      await tell({ request: heard.request, key: toHex(heard.key), etaS, expiresAtMs: heard.expiresAtMs })
  }
  const coarseEtaS = async (at: LngLat, cell: string): Promise<number | null> => {
    const [from, to] = await Promise.all([city.snap(cellCentre(cellAt(at, 8))), city.snap(cellCentre(cell))])
    if (!from || !to) return null
    const roadS = await city.distanceS(from, to)
    if (!Number.isFinite(roadS)) return null
    return Math.max(1, Math.ceil(roadS / rules.timeScale / ETA_STEP_S)) * ETA_STEP_S
  }

  return {
    follow: at => {
      const wanted = new Set(driverTopics(chainId, at))
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
