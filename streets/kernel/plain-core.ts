import { FoundDrivers } from './found-drivers.ts'
import type { KernelCore, WhichSet } from './kernel-core.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { CLOSED, FAR } from './label-kernel.ts'
import { spread, Triangles } from './plain-customise.ts'
import { PlainDistance } from './plain-distance.ts'
import { PlainDriverPlaces } from './plain-driver-places.ts'
import { PlainDrivers } from './plain-drivers.ts'
import { labels, leastOfCells } from './plain-labels.ts'
import { longestTime } from './plain-longest-time.ts'
import { PlainNearest } from './plain-nearest.ts'
import { PlainPlaces } from './plain-places.ts'
import type { WeightSet } from './weight-set.ts'

/** The hot half of a kernel over typed arrays. */
export function plainCore(tables: KernelTables): KernelCore {
  const units = new Uint32Array(tables.inTail.length)
  const sets: WeightSet[] = []
  const weights = (set: WhichSet): WeightSet => (sets[set] ??= emptySet(tables))
  const triangles = new Triangles(tables)
  const distance = new PlainDistance(tables, weights(0))
  const drivers = new PlainDrivers(tables)
  const places = new PlainPlaces(tables, distance, weights(0))
  const found = new FoundDrivers()
  const stands = new PlainDriverPlaces(tables, distance, drivers, places, found, weights(0))
  const nearest = new PlainNearest(tables, distance, drivers, stands, found, weights(0))
  return {
    moveUnits: () => units,
    weights,
    answerBy(set) {
      distance.answerBy(weights(set))
      places.answerBy(weights(set))
      stands.answerBy(weights(set))
      nearest.answerBy(weights(set))
    },
    spread: (set, from, end) => spread(tables, units, weights(set), from, end),
    triangles: (set, done, work) => triangles.work(weights(set), done, work),
    longestTime: (set, hub) => longestTime(tables, weights(set), hub),
    labels: (set, v, work) => labels(tables, weights(set), v, work),
    leastOfCells: set => leastOfCells(tables, weights(set)),
    distance: (from, to) => distance.distance(from, to),
    clearGoal: () => distance.clearGoal(),
    addGoal: (state, add) => distance.addGoal(state, add),
    mergeGoal: () => distance.mergeGoal(),
    timeToGoal: from => distance.timeToGoal(from),
    aimPlace: (edge, fraction) => places.aimPlace(edge, fraction),
    placeToGoal: (edge, fraction, onlyArc) => places.placeToGoal(edge, fraction, onlyArc),
    manyPlaces: (from, out) => places.manyPlaces(from, out),
    betweenPlaces: (edge, fraction, toEdge, toFraction) =>
      places.wayBetween(edge, fraction, -1, toEdge, toFraction, null),
    wayBetween: (edge, fraction, toEdge, toFraction, way) =>
      places.wayBetween(edge, fraction, -1, toEdge, toFraction, way),
    tablePlaces: (from, to, unitDs, out) => places.tablePlaces(from, to, unitDs, out),
    prepare: list => places.prepare(list),
    reserve(entries) {
      drivers.reserve(entries)
      stands.reserve(entries / 2)
    },
    place: (entry, state, rest, driver, classes) =>
      drivers.place(entry, tables.idOf[state]!, rest, driver, NONE, classes),
    remove: entry => drivers.remove(entry),
    setOrder: (driver, order) => stands.setOrder(driver, order),
    placeDriver: (driver, edge, fraction, onlyArc, classes) =>
      stands.place(driver, edge, fraction, onlyArc, classes),
    renumber: (from, to) => stands.renumber(from, to),
    retime: drivers => stands.retime(drivers),
    driversToGoal: (drivers, unitDs, out) => stands.toGoal(drivers, unitDs, out),
    nearest: (k, needs, out) => nearest.nearest(k, needs, out),
  }
}

function emptySet({ upHead, inTail, labelAt, minimaAt, endId }: KernelTables): WeightSet {
  return {
    ways: new Uint32Array(2 * upHead.length).fill(CLOSED),
    inUnits: new Uint32Array(inTail.length).fill(CLOSED),
    out: new Uint16Array(labelAt.at(-1)!).fill(FAR),
    into: new Uint16Array(labelAt.at(-1)!).fill(FAR),
    minima: new Uint16Array(minimaAt.at(-1)!).fill(FAR),
    arcUnits: new Uint32Array(endId.length),
  }
}
