/** A million past trips by an S and by a D tariff, in columns, against the plain meter line by line on a share of them. */
import { simulate } from '@hexhail/audit/tariff/simulate.ts'
import { type PastTrip, tripColumns } from '@hexhail/audit/tariff/trip-columns.ts'
import { meter } from '@hexhail/protocol/tariff-meter.ts'
import { cellToChildren, gridDisk } from 'h3-js'
import { below } from '../unit/protocol/any-tariff.ts'
import { GOLDEN, PLACES } from '../vectors/tariffs/documents.ts'

const TRIPS = Number(process.argv[process.argv.indexOf('--trips') + 1]) || 1_000_000
const PLAIN = Math.min(TRIPS, 20_000)
const START = 1_780_282_800
const CELLS = gridDisk(PLACES.core[0]!, 8).map(cell => cellToChildren(cell, 9)[0]!)

const of = below(7)
function* trips(): Generator<PastTrip> {
  for (let i = 0; i < TRIPS; i++)
    yield {
      metres: of(20_000),
      secs: of(3_600),
      waitS: of(300),
      startedAtS: START + of(30 * 86_400),
      class: '',
      pickup: CELLS[of(CELLS.length)]!,
      dropoff: CELLS[of(CELLS.length)]!,
    }
}

const seconds = (run: () => void): number => {
  const startMs = performance.now()
  run()
  return (performance.now() - startMs) / 1_000
}

const columns = tripColumns(trips())
const out: Record<string, number> = { trips: TRIPS }
for (const [name, doc] of [['S', GOLDEN.nyc] as const, ['D', GOLDEN.demo] as const]) {
  let riders = 0n
  let some = 0n
  const quickS = seconds(() => {
    riders = simulate(doc, columns).riders
  })
  const plainS = seconds(() => {
    for (let i = 0; i < PLAIN; i++)
      some += meter(
        { ...doc, tolls: [] },
        {
          class: doc.classes[0]!.id,
          startedAtS: columns.startedAtS[i]!,
          segments: [{ metres: columns.metres[i]!, secs: columns.secs[i]! }],
          waitS: columns.waitS[i]!,
          path: [columns.cells[columns.pickup[i]!]!, columns.cells[columns.dropoff[i]!]!],
        },
      ).total
  })
  const first = { ...columns, count: PLAIN }
  if (simulate(doc, first).riders !== some) throw new Error(`${name}: the quick way and the plain one differ`)
  const perTrip = plainS / PLAIN / (quickS / TRIPS)
  console.log(
    `${name}: ${quickS.toFixed(2)} s for ${TRIPS} trips, ${riders} minor units; ${perTrip.toFixed(0)} times the plain meter`,
  )
  out[`simulate${name}S`] = Number(quickS.toFixed(2))
  out[`timesPlain${name}`] = Math.round(perTrip)
}
console.log(JSON.stringify(out))
