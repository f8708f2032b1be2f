/** Trips, vehicles, their states and on demand their ways, as MDS 2.0 Provider has them for passenger services. */

import { METERS } from '@hexhail/protocol/record-table.ts'
import { fareOf, type Tariff } from '@hexhail/protocol/tariff.ts'
import { isZero } from '../checks/byte-read.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import { numberOf } from './amount.ts'
import { createHundredths, HUNDREDTH } from './hundredths.ts'
import { writeListBegin, writeListEnd } from './json-list.ts'
import { createMdsBook } from './mds-book.ts'
import { writeMdsEvents } from './mds-events.ts'
import { createMdsFleet } from './mds-fleet.ts'
import { writeTelemetry } from './mds-telemetry.ts'
import { uuidAt } from './mds-uuid.ts'
import type { OutFiles } from './out-files.ts'
import type { Particulars } from './particulars.ts'
import type { Export } from './run-export.ts'
import { cellText, createCellMiddles, hexAt } from './text.ts'
import { type Adding, createTotals } from './totals.ts'
import type { TripBatch } from './trip-batch.ts'

/** What the trips do not say. */
export interface MdsOptions {
  /** UUID of who publishes this; by default of the vault. */
  readonly provider: string
  /** UUID of the geography of the whole jurisdiction: where a car is when nobody knows more. */
  readonly jurisdiction: string
  /** ISO 4217. */
  readonly currency: string
  readonly particulars: Particulars
  /** For what the meter would have said where a price was agreed; null: not at hand. */
  readonly tariffOf: (id: number) => Tariff | null
  /** Whether each place of each way is written too. */
  readonly hasTelemetry: boolean
}

/** MDS knows no date before this, unix seconds. */
const EPOCH_S = 1_514_764_800
/** Metres from the middle of a res-7 cell to its corners, about. */
const CELL_M = 1_400

/** `mds-trips.json`, `mds-vehicles.json`, `mds-vehicles-status.json`, `mds-events.json`, with telemetry also that. */
export const mds =
  (options: MdsOptions) =>
  (files: OutFiles): Export => {
    const trips = files.text('mds-trips.json')
    const telemetry = options.hasTelemetry ? files.text('mds-telemetry.json') : null
    const fleet = createMdsFleet(options)
    const book = createMdsBook()
    const middleOf = createCellMiddles()
    const money = {
      pay: createHundredths(),
      taxes: createHundredths(),
      tolls: createHundredths(),
      tip: createHundredths(),
    }
    const left: Record<string, Adding> = {}
    let rows = 0
    writeListBegin(trips, 'trips')
    if (telemetry) writeListBegin(telemetry, 'telemetry')

    const place = (batch: TripBatch, i: number, isEnd: boolean): string => {
      const { t } = batch
      if (t.samples[i]! > 0) {
        const at = 4 * i + (isEnd ? 2 : 0)
        return `{"lat":${t.ends[at + 1]! / 1e5},"lng":${t.ends[at]! / 1e5}}`
      }
      const cells = isEnd ? t.destCell : t.pickupCell
      const [lng, lat] = middleOf(cellText(cells[2 * i]!, cells[2 * i + 1]!))
      return `{"lat":${lat.toFixed(5)},"lng":${lng.toFixed(5)},"horizontal_accuracy":${CELL_M}}`
    }
    const take = (batch: TripBatch, i: number): void => {
      const { t, settled } = batch
      const why = whyNot(batch, i)
      if (why !== null) {
        left[why] ??= createTotals()
        left[why].take(settled, i * SETTLED_BYTES)
        return
      }
      const isRide = t.startedAtS[i]! > 0
      const acceptedS = t.acceptedAtS[i]!
      const startS = isRide ? t.startedAtS[i]! : acceptedS
      const endS = isRide ? t.finishedAtS[i]! : t.settledAtS[i]!
      rows++
      const row = i * SETTLED_BYTES
      const id = uuidAt(settled, row)
      const car = fleet.of(t, i)
      const driver = fleet.driver(hexAt(t.permit, 32 * i, 32))
      const alone = isZero(t.journey, 16 * i, 16)
      const noShift = isZero(t.shift, 16 * i, 16)
      const isMetered = t.meter[i] === METERS.S
      const tariff = isMetered ? null : options.tariffOf(t.tariff[i]!)
      const [fare, wait, levy] = [
        numberOf(batch, i, 'fare'),
        numberOf(batch, i, 'wait'),
        numberOf(batch, i, 'levy'),
      ]
      const pay = money.pay.of(fare - levy + wait)
      const taxes = money.taxes.of(levy)
      const tolls = money.tolls.of(numberOf(batch, i, 'toll'))
      const tip = money.tip.of(numberOf(batch, i, 'tip'))
      const ms = (seconds: number) => Math.round(seconds * 1_000)
      const type = isRide ? (alone && (t.pooled[i]! & 2) === 0 ? 'private' : 'shared') : 'reservation'
      const from = place(batch, i, false)
      const to = isRide ? place(batch, i, true) : from
      const meant =
        tariff && isRide
          ? `"meter_fare_amount":${fareOf(tariff, t.metres[i]!, t.secs[i]!, t.bp[i]!) / BigInt(HUNDREDTH)},`
          : ''
      trips.write(
        `${rows === 1 ? '' : ',\n'}{"provider_id":"${options.provider}","device_id":"${car.id}","trip_id":"${id}",` +
          `"trip_type":["${type}"],` +
          (alone ? '' : `"journey_id":"${uuidAt(t.journey, 16 * i)}",`) +
          (noShift ? '' : `"journey_attributes":{"shift_id":"${uuidAt(t.shift, 16 * i)}"},`) +
          `"trip_attributes":{"hail_type":"app","app_name":"Hexhail","passenger_count":${isRide ? t.passengers[i] : 0},` +
          `"requested_time":${ms(t.requestedAtS[i]!)},"quoted_trip_start_time":${t.bookedForMs[i]! || ms(t.requestedAtS[i]!)},` +
          `"dispatch_time":${ms(acceptedS)},` +
          (isRide
            ? `"trip_wait_time":${(isMetered ? t.slowSecs[i]! : t.waitSecs[i]!) * 1_000},"trip_fare_time":${t.secs[i]! * 1_000},`
            : '"cancellation_reason":"never began, a fee was signed",') +
          `"driver_id":${driver},"wheelchair_transported":${isRide && (t.served[i]! & 1) !== 0}},` +
          `"fare_attributes":{"payment_type":"mobile_app","fare_type":"${isMetered ? 'meter_fare' : 'upfront_pricing'}",${meant}` +
          `"tolls":${tolls},"tip":${tip},"taxes":${taxes},"commission":0,"driver_trip_pay":${pay}},` +
          `"start_time":${ms(startS)},"end_time":${ms(endS)},"start_location":${from},"end_location":${to},` +
          `"duration":${Math.round(endS - startS)},"distance":${isRide ? t.metres[i] : 0},` +
          `"accessibility_attributes":[${isRide && (t.served[i]! & 1) !== 0 ? '"wheelchair_accessible"' : ''}],` +
          `"actual_cost":${pay + taxes + tolls + tip},"currency":"${options.currency}"}`,
      )
      const record = batch.records[i]
      if (telemetry && record)
        writeTelemetry(telemetry, { ...options, device: car.id, trip: id }, record, settled, row)
      const at = book.next()
      book.ids.set(settled.subarray(row, row + 32), 32 * at)
      book.vehicle[at] = car.number
      book.shift[at] = noShift ? -1 : fleet.shift(uuidAt(t.shift, 16 * i))
      book.times.set([acceptedS, t.arrivedAtS[i]!, isRide ? startS : 0, endS], 4 * at)
      const hasPlace = t.samples[i]! > 0
      for (let k = 0; k < 4; k++) book.ends[4 * at + k] = hasPlace ? t.ends[4 * i + k]! : 0
    }

    return {
      hasRecords: options.hasTelemetry,
      take(batch) {
        for (let i = 0; i < batch.count; i++) take(batch, i)
      },
      end() {
        writeListEnd(trips)
        if (telemetry) writeListEnd(telemetry)
        writeMdsEvents(files, options, fleet, book)
        const unlisted = fleet.write(files)
        files.text('mds-notes.txt').write(notes(unlisted))
        const sum = (...columns: (keyof typeof money)[]) =>
          columns.reduce((all, column) => all + BigInt(money[column].given) * BigInt(HUNDREDTH), 0n)
        const rest = (...columns: (keyof typeof money)[]) =>
          columns.reduce((all, column) => all + BigInt(money[column].rest), 0n)
        return {
          trips: rows,
          sums: { 'fare+wait': sum('pay', 'taxes'), levy: sum('taxes'), toll: sum('tolls'), tip: sum('tip') },
          rest: {
            'fare+wait': rest('pay', 'taxes'),
            levy: rest('taxes'),
            toll: rest('tolls'),
            tip: rest('tip'),
          },
          left: Object.fromEntries(Object.entries(left).map(([why, { totals }]) => [why, totals])),
        }
      },
    }
  }

/** Why a trip cannot be one of MDS, or null. */
function whyNot({ t }: TripBatch, i: number): string | null {
  if (t.filed[i] !== FILED.opened) return 'no record'
  const isRide = t.startedAtS[i]! > 0
  const beganS = isRide ? t.startedAtS[i]! : t.acceptedAtS[i]!
  const endedS = isRide ? t.finishedAtS[i]! : t.settledAtS[i]!
  const hasTimes =
    t.requestedAtS[i]! >= EPOCH_S && t.acceptedAtS[i]! >= EPOCH_S && beganS >= EPOCH_S && endedS >= beganS
  const hasPlace = t.pickupCell[2 * i + 1] !== 0 || t.samples[i]! > 0
  return hasTimes && hasPlace ? null : 'times or places missing'
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
