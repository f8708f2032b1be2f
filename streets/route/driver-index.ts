import type { DriverEta, DriverIndex, Place } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import type { LabelEngine } from './label-engine.ts'
import { arcLooking } from './street-heading.ts'

/** A driver: `slot` is his number in the kernel. */
interface Driver {
  readonly id: string
  readonly slot: number
  place: Place
  /** The only arc that he may leave by; -1 for a parked car, which leaves both ways. */
  onlyArc: number
  classes: number
}

/** Drivers kept in the kernel of an engine, whichever epoch it is in. */
export function createDriverIndex(engine: LabelEngine, streets: StreetTable): DriverIndex {
  const byId = new Map<string, Driver>()
  const bySlot: (Driver | undefined)[] = []
  const free: number[] = []
  let found = new Uint32Array(256)

  engine.onChange = () => {
    const { kernel } = engine.epoch
    for (const { slot, place, onlyArc, classes } of byId.values())
      kernel.placeDriver(slot, place.edge, place.fraction, onlyArc, classes)
  }
  const remove = (id: string): void => {
    const driver = byId.get(id)
    if (!driver) return
    engine.epoch.kernel.remove(2 * driver.slot)
    engine.epoch.kernel.remove(2 * driver.slot + 1)
    byId.delete(id)
    bySlot[driver.slot] = undefined
    free.push(driver.slot)
  }
  const isBefore = (a: DriverEta, b: DriverEta): boolean =>
    a.etaS < b.etaS || (a.etaS === b.etaS && a.id < b.id)

  return {
    get size() {
      return byId.size
    },
    place(id, place, stance) {
      const { access, kernel } = engine.epoch
      if (!access.isKnown(place)) {
        remove(id)
        return false
      }
      let driver = byId.get(id)
      if (!driver) {
        driver = { id, slot: free.pop() ?? bySlot.length, place, onlyArc: -1, classes: 0 }
        byId.set(id, driver)
        bySlot[driver.slot] = driver
      }
      const headingDeg = stance?.headingDeg
      driver.place = place
      driver.onlyArc =
        headingDeg === undefined ? -1 : arcLooking(streets, place, access.arcsAt(place), headingDeg)
      driver.classes = stance?.classes ?? driver.classes
      kernel.placeDriver(driver.slot, place.edge, place.fraction, driver.onlyArc, driver.classes)
      return true
    },
    remove,
    nearest(rider, k, needs = 0) {
      const { kernel, times, access } = engine.epoch
      if (!access.isKnown(rider) || k <= 0) return []
      const shift = kernel.aimPlace(rider.edge, rider.fraction)
      const most = Math.min(k, byId.size)
      let count = kernel.nearest(most, needs, found)
      if (2 * count > found.length) {
        found = new Uint32Array(4 * count)
        count = kernel.nearest(most, needs, found)
      }
      // All who share the last one's time are there: among these the ids decide.
      const nearest: DriverEta[] = []
      for (let i = 0; i < count; i++) {
        const eta = { id: bySlot[found[2 * i + 1]!]!.id, etaS: ((found[2 * i]! - shift) * times.unitDs) / 10 }
        let at = nearest.length
        while (at > 0 && isBefore(eta, nearest[at - 1]!)) at--
        if (at === k) continue
        if (at === nearest.length) nearest.push(eta)
        else nearest.splice(at, 0, eta)
        if (nearest.length > k) nearest.pop()
      }
      return nearest
    },
  }
}
