import type { DriverEta, DriverIndex } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import { idOrder } from './id-order.ts'
import type { LabelEngine } from './label-engine.ts'
import { arcLooking } from './street-heading.ts'

/** Drivers kept in the kernel of an engine, whichever epoch it is in. A driver's *slot* is his number in the kernel. */
export function createDriverIndex(engine: LabelEngine, streets: StreetTable): DriverIndex {
  const slotOf = new Map<string, number>()
  /** By slot. */
  const ids: string[] = []
  let classesOf = new Uint8Array(1024)
  let found = new Uint32Array(256)

  const enter = (id: string): number => {
    const slot = ids.length
    if (slot === classesOf.length) {
      const more = new Uint8Array(2 * slot)
      more.set(classesOf)
      classesOf = more
    }
    classesOf[slot] = 0
    ids[slot] = id
    slotOf.set(id, slot)
    engine.epoch.kernel.setOrder(slot, idOrder(id))
    return slot
  }
  const remove = (id: string): void => {
    const slot = slotOf.get(id)
    if (slot === undefined) return
    engine.epoch.kernel.remove(2 * slot)
    engine.epoch.kernel.remove(2 * slot + 1)
    slotOf.delete(id)
    const last = ids.length - 1
    const other = ids.pop()!
    if (slot === last) return
    // He of the last number takes the one that is free, so that there is none between.
    engine.epoch.kernel.renumber(last, slot)
    ids[slot] = other
    classesOf[slot] = classesOf[last]!
    slotOf.set(other, slot)
  }

  return {
    get size() {
      return slotOf.size
    },
    place(id, place, stance) {
      const { access, kernel } = engine.epoch
      if (!access.isKnown(place)) {
        remove(id)
        return false
      }
      const slot = slotOf.get(id) ?? enter(id)
      const headingDeg = stance?.headingDeg
      const onlyArc = headingDeg === undefined ? -1 : arcLooking(streets, access, place, headingDeg)
      const classes = stance?.classes
      if (classes !== undefined) classesOf[slot] = classes
      kernel.placeDriver(slot, place.edge, place.fraction, onlyArc, classesOf[slot]!)
      return true
    },
    remove,
    ids,
    secondsTo(rider) {
      const { kernel, times, access } = engine.epoch
      const seconds = new Float64Array(ids.length)
      kernel.aimPlace(access.isKnown(rider) ? rider.edge : -1, rider.fraction)
      kernel.driversToGoal(times.unitDs, seconds)
      return seconds
    },
    nearest(rider, k, needs = 0) {
      const { kernel, times, access } = engine.epoch
      if (!access.isKnown(rider) || k <= 0) return []
      const shift = kernel.aimPlace(rider.edge, rider.fraction)
      const most = Math.min(k, slotOf.size)
      let count = kernel.nearest(most, needs, found)
      if (2 * count > found.length) {
        found = new Uint32Array(4 * count)
        count = kernel.nearest(most, needs, found)
      }
      // All who share time and order with the last one are there: among these the ids decide.
      const nearest: DriverEta[] = []
      for (let i = 0; i < count; i++) {
        const id = ids[found[2 * i + 1]!]!
        const etaS = ((found[2 * i]! - shift) * times.unitDs) / 10
        let at = nearest.length
        while (at > 0 && etaS === nearest[at - 1]!.etaS && id < nearest[at - 1]!.id) at--
        if (at === k) continue
        if (at === nearest.length) nearest.push({ id, etaS })
        else nearest.splice(at, 0, { id, etaS })
        if (nearest.length > k) nearest.pop()
      }
      return nearest
    },
  }
}
