import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import type { TariffDocument } from '@hexhail/protocol/tariff-document.ts'
import { wageFloor } from '@hexhail/protocol/tariff-wage.ts'
import { classOf } from '@hexhail/protocol/tariff-way.ts'
import { quickMeter } from './quick-meter.ts'
import type { TripColumns } from './trip-columns.ts'

/** Trips of one area or hour, and what their riders paid. */
export interface SimulatedGroup {
  readonly trips: number
  readonly riders: bigint
}

/** What past trips would have brought by a tariff, minor units; exact. */
export interface Simulated {
  readonly trips: number
  /** What riders paid: fares, waiting and charges. */
  readonly riders: bigint
  readonly fare: bigint
  readonly wait: bigint
  readonly charge: bigint
  /** Out of the fares. */
  readonly levy: bigint
  /** What drivers kept: fares and waiting without the levy. */
  readonly drivers: bigint
  /** Trips that paid below the wage floor, and how much was missing in them together. */
  readonly belowFloor: number
  readonly missing: bigint
  /** By pickup cell; trips whose cell is not known are in none. */
  readonly byCell: ReadonlyMap<string, SimulatedGroup>
  /** By hour of the local day, 24 of them. */
  readonly byHour: readonly SimulatedGroup[]
}

/**
 * Reckons past trips anew. The factor is the clock's and the zones', nobody shares, no concession is shown; of each way
 * the two ends are known, so tolls and charges for passing through are left out, and an S meter takes the mean speed.
 * @throws {HexhailError} 'tariff-class' for a class that the tariff does not have; 'too-much' beyond 2^53 minor units
 */
export function simulate(doc: TariffDocument, trips: TripColumns): Simulated {
  const quick = quickMeter(doc, trips)
  const hasFloor = doc.wage.per !== 'none'
  const isWav = trips.classes.map(id => classOf(doc, id === '' ? doc.classes[0]!.id : id).isWav)
  const cellTrips = new Uint32Array(trips.cells.length)
  const cellRiders = new Float64Array(trips.cells.length)
  const hourTrips = new Uint32Array(24)
  const hourRiders = new Float64Array(24)
  let [fares, waits, charges, levies, missing, belowFloor] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < trips.count; i++) {
    const { fare, wait, charge, levy } = quick(i)
    const riders = fare + wait + charge
    fares += fare
    waits += wait
    charges += charge
    levies += levy
    const cell = trips.pickup[i]!
    if (cell >= 0) {
      cellTrips[cell]!++
      cellRiders[cell]! += riders
    }
    const hour = Math.floor(tariffTime(doc, trips.startedAtS[i]!).minute / 60)
    hourTrips[hour]!++
    hourRiders[hour]! += riders
    if (!hasFloor) continue
    const way = { metres: trips.metres[i]!, secs: trips.secs[i]!, isWav: isWav[trips.class[i]!]! }
    const short = floorOf(doc, way) - (fare + wait - levy)
    if (short > 0) {
      belowFloor++
      missing += short
    }
  }
  const riders = fares + waits + charges
  if (!Number.isSafeInteger(riders) || !Number.isSafeInteger(missing))
    throw new HexhailError('too-much', 'These trips cost more than can be added up: give fewer of them.')
  const group = (counts: Uint32Array, sums: Float64Array, i: number): SimulatedGroup => ({
    trips: counts[i]!,
    riders: BigInt(sums[i]!),
  })
  return {
    trips: trips.count,
    riders: BigInt(riders),
    fare: BigInt(fares),
    wait: BigInt(waits),
    charge: BigInt(charges),
    levy: BigInt(levies),
    drivers: BigInt(fares + waits - levies),
    belowFloor,
    missing: BigInt(missing),
    byCell: new Map(
      trips.cells.flatMap((cell, i) =>
        cellTrips[i]! > 0 ? [[cell, group(cellTrips, cellRiders, i)] as const] : [],
      ),
    ),
    byHour: Array.from({ length: 24 }, (_, i) => group(hourTrips, hourRiders, i)),
  }
}

/** `wageFloor` as an exact double: quickly where the products fit. */
function floorOf(doc: TariffDocument, way: { metres: number; secs: number; isWav: boolean }): number {
  if (way.metres > 1_000_000 || way.secs > 100_000) return Number(wageFloor(doc, way))
  const perKm = way.isWav ? doc.wage.wavPerKm : doc.wage.perKm
  const due = perKm * way.metres * 60 + doc.wage.perMin * way.secs * 1_000
  return (due - (due % 6)) / 6
}
