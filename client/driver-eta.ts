import { cellCentre } from '@hexhail/protocol/cells.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { ClientPorts } from './ports.ts'

/** What a driver tells strangers of his distance. All of it is counted from his sticky cell, never from where he is. */
export interface DriverEta {
  /** The sticky cell, res 8. */
  cellOf(at: LngLat): string
  /** Seconds to a request's res-7 cell, in steps of two minutes; null without a way. `roadS`: if not straight there. */
  coarseS(at: LngLat, requestCell: string, roadS?: RoadS): Promise<number | null>
  /** Seconds to the res-9 cell of one of the few who ask for a firm time, in steps of half a minute; null without a way. */
  firmS(at: LngLat, refinedCell: string, roadS?: RoadS): Promise<number | null>
}

/** Seconds of road from a place to a cell; null without a way. */
type RoadS = (from: LngLat, cell: string) => Promise<number | null>

const COARSE_STEP_S = 120
/** Firm times are rounded up to these, s. */
export const FIRM_STEP_S = 30
/** To find the door, seconds. */
const DOOR_S = 30
/** An ETA is a u16. */
const MOST_S = 65_000

/** Counts times by road between the middles of cells; `cellOf` is the driver's sticky cell. */
export function createDriverEta(
  { city, rules }: Pick<ClientPorts, 'city' | 'rules'>,
  cellOf: (at: LngLat) => string,
): DriverEta {
  const straightS: RoadS = async (at, cell) => {
    const [from, to] = await Promise.all([city.snap(at), city.snap(cellCentre(cell))])
    return from && to ? city.distanceS(from, to) : null
  }
  const timeS = async (at: LngLat, cell: string, roadS: RoadS): Promise<number | null> => {
    const seconds = await roadS(cellCentre(cellOf(at)), cell)
    return seconds !== null && Number.isFinite(seconds) ? seconds / rules.timeScale : null
  }
  const inSteps = (seconds: number | null, stepS: number): number | null =>
    seconds === null ? null : Math.min(MOST_S, Math.max(1, Math.ceil(seconds / stepS)) * stepS)
  return {
    cellOf,
    coarseS: async (at, cell, roadS = straightS) => inSteps(await timeS(at, cell, roadS), COARSE_STEP_S),
    firmS: async (at, cell, roadS = straightS) => {
      const seconds = await timeS(at, cell, roadS)
      return inSteps(seconds === null ? null : seconds + DOOR_S, FIRM_STEP_S)
    },
  }
}
