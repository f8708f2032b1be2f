import { FAR } from '../kernel/label-kernel.ts'
import type { Place, PreparedPlaces } from '../router.ts'
import type { LabelEngine } from './label-engine.ts'
import { PlaceColumns } from './place-columns.ts'

/** Prepares places of an engine, whichever epoch it is in. */
export function preparedPlaces(engine: LabelEngine, places: readonly Place[]): PreparedPlaces {
  const { kernel, times } = engine.epoch
  const columns = new PlaceColumns()
  columns.fill(places, times.arcUnits.length)
  const count = places.length
  const list = kernel.prepare(columns)
  let isGone = false
  const check = (isKnown: boolean): void => {
    if (isGone || !isKnown) throw new RangeError(isGone ? 'The places are disposed of.' : 'No such place.')
  }
  return {
    distanceS(from, to) {
      check(from >>> 0 < count && to >>> 0 < count)
      const units = list.between(from, to)
      return units >= FAR ? Infinity : (units * engine.epoch.times.unitDs) / 10
    },
    secondsTo(goal) {
      check(true)
      const { access, times } = engine.epoch
      kernel.aimPlace(access.isKnown(goal) ? goal.edge : -1, goal.fraction)
      const seconds = new Float64Array(count)
      list.toGoal(times.unitDs, seconds)
      return seconds
    },
    [Symbol.dispose]() {
      if (!isGone) list.release()
      isGone = true
    },
  }
}
