import { FAR } from '../kernel/label-kernel.ts'
import type { CityRouter, Place } from '../router.ts'
import type { LabelEngine } from './label-engine.ts'
import { PlaceColumns } from './place-columns.ts'
import { soonest } from './soonest.ts'

/** To so few goals each is aimed at by itself: less is merged than for a table. */
const FEW = 4

/** What a router tells of times between places, in seconds. */
export function placeTimes(engine: LabelEngine): Pick<CityRouter, 'distanceS' | 'nearest' | 'matrix'> {
  const isKnown = (place: Place): boolean => engine.epoch.access.isKnown(place)
  const seconds = (units: number): number =>
    units >= FAR ? Infinity : (units * engine.epoch.times.unitDs) / 10
  const starts = new PlaceColumns()
  const goals = new PlaceColumns()
  let units = new Uint32Array(1024)
  /** Room for times. */
  const room = (length: number): Uint32Array => {
    if (length > units.length) units = new Uint32Array(2 * length)
    return units.subarray(0, length)
  }

  return {
    distanceS(from, to) {
      if (!isKnown(from) || !isKnown(to)) return Infinity
      return seconds(engine.epoch.kernel.betweenPlaces(from.edge, from.fraction, to.edge, to.fraction))
    },
    nearest(drivers, rider, k) {
      if (!isKnown(rider) || k <= 0) return []
      const { kernel } = engine.epoch
      const times = room(drivers.length)
      starts.resize(drivers.length)
      for (let i = 0; i < drivers.length; i++) {
        const { place } = drivers[i]!
        starts.set(i, place, isKnown(place))
      }
      kernel.aimPlace(rider.edge, rider.fraction)
      kernel.manyPlaces(starts, times)
      return soonest(drivers, times, k).map(i => ({ id: drivers[i]!.id, etaS: seconds(times[i]!) }))
    },
    matrix(froms, tos) {
      const {
        kernel,
        times: { unitDs },
      } = engine.epoch
      const matrix = new Float64Array(froms.length * tos.length)
      const arcs = engine.epoch.times.arcUnits.length
      starts.fill(froms, arcs)
      if (tos.length > FEW) {
        goals.fill(tos, arcs)
        kernel.tablePlaces(starts, goals, unitDs, matrix)
        return matrix
      }
      const times = room(froms.length)
      for (let j = 0; j < tos.length; j++) {
        kernel.aimPlace(isKnown(tos[j]!) ? tos[j]!.edge : -1, tos[j]!.fraction)
        kernel.manyPlaces(starts, times)
        for (let i = 0, at = j; i < times.length; i++, at += tos.length)
          matrix[at] = times[i]! >= FAR ? Infinity : (times[i]! * unitDs) / 10
      }
      return matrix
    },
  }
}
