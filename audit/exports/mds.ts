/** Trips, vehicles, their states and on demand their ways, as MDS 2.0 Provider has them for passenger services. */

import { HUNDREDTH } from './hundredths.ts'
import { LIST_MARK, writeListBegin, writeListEnd } from './json-list.ts'
import { createMdsBook } from './mds-book.ts'
import { writeMdsEvents } from './mds-events.ts'
import { createMdsFleet } from './mds-fleet.ts'
import type { MdsNotes } from './mds-format.ts'
import type { MdsOptions } from './mds-options.ts'
import { MDS_MONEY } from './mds-trip.ts'
import type { OutFiles } from './out-files.ts'
import type { Export } from './run-export.ts'
import { addTotals, type Totals } from './totals.ts'

type Money = keyof typeof MDS_MONEY

/** `mds-trips.json`, `mds-vehicles.json`, `mds-vehicles-status.json`, `mds-events.json`, with telemetry also that. */
export const mds =
  (options: MdsOptions) =>
  (files: OutFiles, expected = 0): Export<MdsNotes> => {
    const lists = [
      { name: 'trips', file: files.text('mds-trips.json') },
      ...(options.hasTelemetry ? [{ name: 'telemetry', file: files.text('mds-telemetry.json') }] : []),
    ]
    const fleet = createMdsFleet(options)
    const book = createMdsBook(expected)
    const given = new Float64Array(4)
    let rests = new Float64Array(4)
    const left: Record<string, Totals> = {}
    for (const { name, file } of lists) writeListBegin(file, name)
    return {
      format: { module: new URL('./mds-format.ts', import.meta.url).href, options },
      rests: 4,
      appends: { files: lists.map(({ file }) => file), skip: LIST_MARK },
      take({ notes, rests: after }) {
        for (let k = 0; k < 4; k++) given[k]! += notes.given[k]!
        for (const [why, totals] of notes.left) left[why] = addTotals(left[why], totals)
        const { vehicleKeys, propulsions } = notes.batch
        book.take(notes.batch, fleet.take(vehicleKeys, propulsions))
        rests = after as Float64Array<ArrayBuffer>
      },
      async end(threads) {
        for (const { file } of lists) writeListEnd(file)
        await writeMdsEvents(files, options, fleet, book, threads)
        const unlisted = fleet.write(files)
        files.text('mds-notes.txt').write(notes(unlisted))
        const sum = (...columns: Money[]) =>
          columns.reduce((all, name) => all + BigInt(given[MDS_MONEY[name]]!) * BigInt(HUNDREDTH), 0n)
        const rest = (...columns: Money[]) =>
          columns.reduce((all, name) => all + BigInt(rests[MDS_MONEY[name]]!), 0n)
        return {
          trips: book.rows,
          sums: { 'fare+wait': sum('pay', 'taxes'), levy: sum('taxes'), toll: sum('tolls'), tip: sum('tip') },
          rest: {
            'fare+wait': rest('pay', 'taxes'),
            levy: rest('taxes'),
            toll: rest('tolls'),
            tip: rest('tip'),
          },
          left,
        }
      },
    }
  }

const notes = (unlisted: number): string =>
  [
    'Money is in hundredths; what does not fill one is carried to the next trip, and the last rest stands in the totals.',
    'Trips without an opened record, or whose record lacks times or places, cannot be MDS trips: the totals name them.',
    'A cancel fee is a trip of type reservation. quoted_trip_start_time is the wanted pickup: nobody signs another one.',
    'Places of trips without a way are the middle of a cell of 1.4 km; horizontal_accuracy says so.',
    'service_start and service_end are the first booking and the last arrival of a shift: records say no more of it.',
    'A trip taken on during another one is reserved once that one is over: the MDS states of a car know one at a time.',
    'Nobody sees losses of contact, borders of the jurisdiction or workshops: there are no such events.',
    `${unlisted} vehicles are not in mds-vehicles.json, since no record or register says what drives them.`,
    '',
  ].join('\n')
