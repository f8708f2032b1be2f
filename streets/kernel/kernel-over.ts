import type { KernelCore, WhichSet } from './kernel-core.ts'
import { GOAL_ENTRIES, type KernelTables, NONE } from './kernel-tables.ts'
import { FAR, type KernelInput, type LabelKernel, type Weights } from './label-kernel.ts'
import { hubsOf } from './plain-longest-time.ts'
import { quickestMoves } from './quickest-moves.ts'

const ALL = 0x7fffffff
/** Work of a call where all is wanted at once: engines put better code in place of a function between calls only. */
const SLICE = 8192

/** A whole kernel over a core: order of the steps, slices, room for entries, the proof that nothing saturates. */
export function kernelOver(core: KernelCore, tables: KernelTables, input: KernelInput): LabelKernel {
  const hubs = hubsOf(tables)
  const movesBetween = quickestMoves(input)
  const { states } = input.graph
  const { stateOf } = input.hierarchy
  const moves = input.graph.head.length
  let active: WhichSet = 0
  let answersBy: Uint32Array = new Uint32Array()
  let begun = 0
  let room = 0
  /** One more than the greatest driver on a street. */
  let drivers = 0
  /** The goal where it is a place. */
  let goalEdge = -1
  let goalFraction = 0
  core.answerBy(active)

  /** A state that is none would be written anywhere. */
  const check = (state: number): void => {
    if (!(state < states)) throw new RangeError(`There is no state ${state}: there are ${states}.`)
  }

  const makeRoom = (entry: number): void => {
    if (entry >= room) core.reserve((room = Math.max(1024, 2 << (31 - Math.clz32(entry)))))
  }

  /** Work the weights into a set; see `beginCustomise`. */
  const begin = (first: Weights, set: WhichSet) => {
    const mine = ++begun
    let weights = first
    const take = (taken: Weights): void => {
      weights = taken
      core.moveUnits().set(taken.moveUnits)
      const { arcUnits } = core.weights(set)
      if (taken.arcUnits) arcUnits.set(taken.arcUnits)
      else arcUnits.fill(0)
    }
    /** Try one hub after the other, the one that proved last time first; begin again where none does. */
    const prove = (at: number): number => {
      const { coarser } = weights
      if (!coarser || hubs.length === 0) return hubs.length
      if (core.longestTime(set, hubs[at]!) < FAR) hubs.unshift(...hubs.splice(at, 1))
      else if (at + 1 < hubs.length) return at + 1
      else {
        take(coarser())
        phase = -1
      }
      return hubs.length
    }
    const phases: [(at: number, work: number) => number, number][] = [
      [(at, work) => core.spread(set, at, Math.min(moves, at + work)), moves],
      [(at, work) => core.triangles(set, at, work), states],
      [prove, hubs.length],
      [(at, work) => core.labels(set, at, work), states],
    ]
    let at = 0
    let phase = 0
    take(first)
    return (work: number): boolean => {
      if (mine !== begun || phase === phases.length) return true
      const [step, end] = phases[phase]!
      at = step(at, Math.max(1, Math.min(ALL, Math.floor(work))))
      if (at < end) return false
      at = 0
      if (++phase < phases.length) return false
      core.leastOfCells(set)
      active = set
      answersBy = weights.moveUnits
      core.answerBy(set)
      core.retime(drivers)
      if (goalEdge >= 0) core.aimPlace(goalEdge, goalFraction)
      else core.mergeGoal()
      return true
    }
  }

  return {
    customise(weights) {
      const step = begin(weights, active)
      while (!step(SLICE));
    },
    beginCustomise: weights => begin(weights, active === 0 ? 1 : 0),
    distance: core.distance,
    moves: (from, to) => movesBetween(core.weights(active), answersBy, from, to),
    aim(entryStates, addUnits) {
      core.clearGoal()
      goalEdge = -1
      if (entryStates.length > GOAL_ENTRIES)
        throw new Error(`A goal of ${entryStates.length} states: too many.`)
      for (let i = 0; i < entryStates.length; i++) {
        check(entryStates[i]!)
        if (core.addGoal(entryStates[i]!, addUnits[i]!)) continue
        core.clearGoal()
        throw new Error(`State ${entryStates[i]} of the goal does not lie on one chain with the others.`)
      }
      core.mergeGoal()
    },
    timeToGoal: core.timeToGoal,
    aimPlace(edge, fraction) {
      goalEdge = edge
      goalFraction = fraction
      return core.aimPlace(edge, fraction)
    },
    placeToGoal: core.placeToGoal,
    manyPlaces: core.manyPlaces,
    betweenPlaces: core.betweenPlaces,
    wayBetween(edge, fraction, toEdge, toFraction, way) {
      const units = core.wayBetween(edge, fraction, toEdge, toFraction, way)
      if (way[2] !== NONE) way[2] = stateOf[way[2]!]!
      return units
    },
    tablePlaces: core.tablePlaces,
    prepare: core.prepare,
    place(entry, state, restUnits, driver, classes) {
      check(state)
      makeRoom(entry)
      core.place(entry, state, restUnits, driver, classes & 0xff)
    },
    remove(entry) {
      if (entry < room) core.remove(entry)
    },
    setOrder(driver, order) {
      makeRoom(2 * driver + 1)
      core.setOrder(driver, order)
    },
    placeDriver(driver, edge, fraction, onlyArc, classes) {
      makeRoom(2 * driver + 1)
      if (driver >= drivers) drivers = driver + 1
      core.placeDriver(driver, edge, fraction, onlyArc, classes & 0xff)
    },
    renumber: core.renumber,
    driversToGoal(unitDs, out) {
      const standing = Math.min(drivers, out.length)
      core.driversToGoal(standing, unitDs, out)
      out.fill(Infinity, standing)
    },
    nearest: (k, needs, out) => (k > 0 && room > 0 ? core.nearest(k, needs, out) : 0),
  }
}
