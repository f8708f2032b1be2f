import { FAR } from './kernel/label-kernel.ts'
import type { Epoch, LabelEngine } from './label-engine.ts'
import type { Goal } from './place-access.ts'
import { quickestWay } from './quickest-way.ts'
import type { DriverEta, DriverIndex, Place } from './router.ts'
import { arcLooking } from './street-heading.ts'
import type { StreetTable } from './street-table.ts'
import { NO_STATE } from './strong-graph.ts'

/** A driver: he holds the kernel's entries `2 * slot` and `2 * slot + 1`, one for each arc he may leave by. */
interface Driver {
  readonly id: string
  readonly slot: number
  place: Place
  arcs: readonly number[]
  classes: number
}

/** Drivers kept in the kernel of an engine, whichever epoch it is in. */
export function createDriverIndex(engine: LabelEngine, streets: StreetTable): DriverIndex {
  const byId = new Map<string, Driver>()
  const bySlot: (Driver | undefined)[] = []
  const free: number[] = []
  let found = new Uint32Array(64)
  let here = new Uint32Array(64)

  const enter = ({ slot, place, arcs, classes }: Driver, { kernel, access }: Epoch): void => {
    const exits = access.exits(place, arcs)
    for (const i of [0, 1]) {
      const exit = exits[i]
      if (exit) kernel.place(2 * slot + i, exit.state, exit.units, slot, classes)
      else kernel.remove(2 * slot + i)
    }
  }
  const leave = ({ slot }: Driver, { kernel }: Epoch): void => {
    kernel.remove(2 * slot)
    kernel.remove(2 * slot + 1)
  }
  engine.onChange = before => {
    for (const driver of byId.values()) {
      if (before.kernel !== engine.epoch.kernel) leave(driver, before)
      enter(driver, engine.epoch)
    }
  }
  const remove = (id: string): void => {
    const driver = byId.get(id)
    if (!driver) return
    leave(driver, engine.epoch)
    byId.delete(id)
    bySlot[driver.slot] = undefined
    free.push(driver.slot)
  }
  /** Entries of the drivers on the goal's own street, with their units: the kernel cannot time these. */
  const onGoalStreet = (rider: Place, goal: Goal): number[] => {
    const apart: number[] = []
    const states = new Set([0, 1].map(k => engine.graph.endState[2 * goal.segment + k]!))
    for (const state of states) {
      if (state === NO_STATE) continue
      let count = engine.epoch.kernel.entriesAt(state, here)
      if (count > here.length) {
        here = new Uint32Array(2 * count)
        count = engine.epoch.kernel.entriesAt(state, here)
      }
      for (const entry of here.subarray(0, count)) {
        const driver = bySlot[entry >> 1]!
        if (driver.place.edge >> 1 !== goal.segment) continue
        const way = quickestWay(engine, driver.place, rider, goal, driver.arcs)
        apart.push(entry, way ? Math.min(FAR, way.units + goal.shift) : FAR)
      }
    }
    return apart
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
        driver = { id, slot: free.pop() ?? bySlot.length, place, arcs: [], classes: 0 }
        byId.set(id, driver)
        bySlot[driver.slot] = driver
      }
      const arcs = access.arcsAt(place)
      driver.place = place
      driver.arcs = headingDeg === undefined ? arcs : arcLooking(streets, place, arcs, headingDeg)
      driver.classes = classes ?? driver.classes
      enter(driver, engine.epoch)
      return true
    },
    remove,
    nearest(rider, k, needs = 0) {
      const { kernel, times, access } = engine.epoch
      if (!access.isKnown(rider) || k <= 0) return []
      const goal = access.goal(rider)
      kernel.aim(goal.states, goal.adds)
      const apart = onGoalStreet(rider, goal)
      // Ask for more until all who share the last one's time are there: among these the ids decide.
      for (let want = k + 1; ; want *= 2) {
        if (found.length < 2 * want) found = new Uint32Array(2 * want)
        const count = kernel.nearest(want, needs, found, apart)
        if (count === want && found[2 * count - 2] === found[2 * k - 2]) continue
        const nearest: { id: string; units: number }[] = []
        for (let i = 0; i < count; i++) {
          if (found[2 * i]! < FAR) nearest.push({ id: bySlot[found[2 * i + 1]!]!.id, units: found[2 * i]! })
        }
        return nearest
          .sort((a, b) => a.units - b.units || (a.id < b.id ? -1 : 1))
          .slice(0, k)
          .map(({ id, units }): DriverEta => ({ id, etaS: ((units - goal.shift) * times.unitDs) / 10 }))
      }
    },
  }
}
