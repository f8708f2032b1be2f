import { FAR } from '../kernel/label-kernel.ts'
import type { DriverEta, DriverIndex, Place } from '../router.ts'
import type { StreetTable } from '../street-table.ts'
import type { Epoch, LabelEngine } from './label-engine.ts'
import { SegmentLists } from './segment-lists.ts'
import { arcLooking } from './street-heading.ts'

/** A driver: he holds the kernel's entries `2 * slot` and `2 * slot + 1`, one for each arc he may leave by. */
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
  let found = new Uint32Array(64)
  const apart: number[] = []
  const lists = new SegmentLists(streets.tail.length)

  const enter = ({ slot, place, onlyArc, classes }: Driver, { kernel, access }: Epoch): void => {
    for (let i = 0; i < 2; i++) {
      const arc = place.edge ^ i
      if (access.isOpen(arc) && (onlyArc < 0 || arc === onlyArc)) {
        kernel.place(2 * slot + i, engine.graph.endState[arc]!, access.unitsLeft(place, arc), slot, classes)
      } else kernel.remove(2 * slot + i)
    }
  }
  const leave = ({ slot }: Driver, { kernel }: Epoch): void => {
    kernel.remove(2 * slot)
    kernel.remove(2 * slot + 1)
  }
  engine.onChange = () => {
    for (const driver of byId.values()) enter(driver, engine.epoch)
  }
  const remove = (id: string): void => {
    const driver = byId.get(id)
    if (!driver) return
    leave(driver, engine.epoch)
    lists.take(driver.slot)
    byId.delete(id)
    bySlot[driver.slot] = undefined
    free.push(driver.slot)
  }
  /** Entries of the drivers on the goal's own street, with their units, into `apart`: the kernel cannot time these. */
  const onGoalStreet = (rider: Place, shift: number): void => {
    apart.length = 0
    for (let slot = lists.first(rider.edge >> 1); slot >= 0; slot = lists.next(slot)) {
      const { place, onlyArc } = bySlot[slot]!
      const units = Math.min(
        FAR,
        engine.epoch.kernel.placeToGoal(place.edge, place.fraction, onlyArc) + shift,
      )
      apart.push(2 * slot, units, 2 * slot + 1, units)
    }
  }

  return {
    get size() {
      return byId.size
    },
    place(id, place, { headingDeg, classes } = {}) {
      const { access } = engine.epoch
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
      driver.place = place
      driver.onlyArc =
        headingDeg === undefined ? -1 : arcLooking(streets, place, access.arcsAt(place), headingDeg)
      driver.classes = classes ?? driver.classes
      lists.put(driver.slot, place.edge >> 1)
      enter(driver, engine.epoch)
      return true
    },
    remove,
    nearest(rider, k, needs = 0) {
      const { kernel, times, access } = engine.epoch
      if (!access.isKnown(rider) || k <= 0) return []
      const shift = kernel.aimPlace(rider.edge, rider.fraction)
      onGoalStreet(rider, shift)
      // Ask for more until all who share the last one's time are there: among these the ids decide.
      for (let want = Math.min(k, byId.size) + 1; ; want *= 2) {
        if (found.length < 2 * want) found = new Uint32Array(2 * want)
        const count = kernel.nearest(want, needs, found, apart)
        if (count === want && found[2 * count - 2] === found[2 * k - 2]) continue
        const nearest: DriverEta[] = []
        for (let i = 0; i < count && found[2 * i]! < FAR; i++) {
          const { id } = bySlot[found[2 * i + 1]!]!
          const etaS = ((found[2 * i]! - shift) * times.unitDs) / 10
          let at = nearest.length
          while (at > 0 && nearest[at - 1]!.etaS === etaS && nearest[at - 1]!.id > id) at--
          if (at === nearest.length) nearest.push({ id, etaS })
          else nearest.splice(at, 0, { id, etaS })
        }
        if (nearest.length > k) nearest.length = k
        return nearest
      }
    },
  }
}
