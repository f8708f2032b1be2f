import { METERS } from '@hexhail/protocol/record-table.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { isZero } from '../checks/byte-read.ts'
import { fareNumber } from '../checks/fare-number.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { ByteText, textBytes } from './byte-text.ts'
import type { Format } from './format.ts'
import { HUNDREDTH } from './hundredths.ts'
import { createBatchBook, type MdsBatch } from './mds-batch.ts'
import type { MdsOptions } from './mds-options.ts'
import { createTelemetry } from './mds-telemetry.ts'
import { MDS_MONEY, takeMoney, whyNot } from './mds-trip.ts'
import { cellText, createCellMiddles, hexAt } from './text.ts'
import { createTotals, type Totals } from './totals.ts'
import type { TripBatch } from './trip-batch.ts'

/** What is told of a batch: its hundredths by column, trips that cannot be written and why, and what its events need. */
export interface MdsNotes {
  readonly given: Float64Array
  readonly left: readonly (readonly [why: string, totals: Totals])[]
  readonly batch: MdsBatch
}

/** Bytes of a row at most, but for names. */
const ROW = 2_048
/** Metres from the middle of a res-7 cell to its corners, about. */
const CELL_M = 1_400
const { pay, taxes, tolls, tip } = MDS_MONEY

/** Rows of `mds-trips.json` and, on demand, `mds-telemetry.json`; each begins with the comma after the one before it. */
export function createFormat(given: unknown): Format<MdsNotes> {
  const options = given as MdsOptions
  const out = new ByteText()
  const telemetry = options.hasTelemetry ? createTelemetry(options.provider) : null
  const driverText = createDriverTexts(options)
  const middleText = createMiddleTexts()
  const cents = new Float64Array(4)
  const T = textsOf(options)

  const putPlace = ({ t }: TripBatch, i: number, isEnd: boolean): void => {
    if (t.samples[i]! > 0) {
      const at = 4 * i + (isEnd ? 2 : 0)
      out.put(T.lat)
      out.degrees(t.ends[at + 1]!)
      out.put(T.lng)
      out.degrees(t.ends[at]!)
      out.byte(125)
      return
    }
    const cells = isEnd ? t.destCell : t.pickupCell
    out.put(middleText(cells[2 * i]!, cells[2 * i + 1]!))
  }
  /** Whole seconds as milliseconds. */
  const putMs = (seconds: number): void => {
    out.uint(seconds * 1_000)
  }
  const putRow = (batch: TripBatch, i: number, deviceId: Uint8Array): void => {
    const { t, settled } = batch
    const isRide = t.startedAtS[i]! > 0
    const startS = isRide ? t.startedAtS[i]! : t.acceptedAtS[i]!
    const endS = isRide ? t.finishedAtS[i]! : t.settledAtS[i]!
    const alone = isZero(t.journey, 16 * i, 16)
    const isMetered = t.meter[i] === METERS.S
    const isWheelchair = isRide && (t.served[i]! & 1) !== 0
    const driver = driverText(t.permit, 32 * i)
    out.room(ROW + T.device.length + driver.length + T.currency.length)
    out.put(T.device)
    out.uuid(deviceId, 0)
    out.put(T.trip)
    out.uuid(settled, i * SETTLED_BYTES)
    out.put(isRide ? (alone && (t.pooled[i]! & 2) === 0 ? T.private : T.shared) : T.reservation)
    if (!alone) {
      out.put(T.journey)
      out.uuid(t.journey, 16 * i)
      out.put(T.quoteComma)
    }
    if (!isZero(t.shift, 16 * i, 16)) {
      out.put(T.shift)
      out.uuid(t.shift, 16 * i)
      out.put(T.shiftEnd)
    }
    out.put(T.passengers)
    out.uint(isRide ? t.passengers[i]! : 0)
    out.put(T.requested)
    putMs(t.requestedAtS[i]!)
    out.put(T.wanted)
    out.uint(t.bookedForMs[i]! || t.requestedAtS[i]! * 1_000)
    out.put(T.dispatched)
    putMs(t.acceptedAtS[i]!)
    if (isRide) {
      out.put(T.waited)
      putMs(isMetered ? t.slowSecs[i]! : t.waitSecs[i]!)
      out.put(T.ridden)
      putMs(t.secs[i]!)
      out.put(T.driver)
    } else out.put(T.neverBegan)
    out.put(driver)
    out.put(isWheelchair ? T.inWheelchair : T.noWheelchair)
    out.put(isMetered ? T.metered : T.upfront)
    if (!isMetered && isRide) putMeant(batch, i)
    out.put(T.tolls)
    out.int(cents[tolls]!)
    out.put(T.tip)
    out.int(cents[tip]!)
    out.put(T.taxes)
    out.int(cents[taxes]!)
    out.put(T.pay)
    out.int(cents[pay]!)
    out.put(T.start)
    putMs(startS)
    out.put(T.end)
    putMs(endS)
    out.put(T.from)
    const place = out.at
    putPlace(batch, i, false)
    const placeEnd = out.at
    out.put(T.to)
    if (isRide) putPlace(batch, i, true)
    else {
      out.bytes.copyWithin(out.at, place, placeEnd)
      out.at += placeEnd - place
    }
    out.put(T.duration)
    out.uint(endS - startS)
    out.put(T.distance)
    out.uint(isRide ? t.metres[i]! : 0)
    out.put(isWheelchair ? T.accessible : T.notAccessible)
    out.int(cents[pay]! + cents[taxes]! + cents[tolls]! + cents[tip]!)
    out.put(T.currency)
  }
  /** What the meter would have said. */
  const putMeant = ({ t }: TripBatch, i: number): void => {
    const tariff = options.tariffs.get(t.tariff[i]!)
    if (!tariff) return
    const quick = fareNumber(tariff, t.metres[i]!, t.secs[i]!, t.bp[i]!)
    out.put(T.meant)
    if (quick >= 0) out.uint(Math.floor(quick / HUNDREDTH))
    else out.text(String(fareOf(tariff, t.metres[i]!, t.secs[i]!, t.bp[i]!) / BigInt(HUNDREDTH)))
    out.byte(44)
  }
  return {
    looksAt: options.hasTelemetry ? 'records' : 'ends',
    rests: 4,
    carry(batch, rests) {
      for (let i = 0; i < batch.count; i++) if (whyNot(batch, i) === null) takeMoney(batch, i, rests, cents)
    },
    format(batch, rests) {
      out.clear()
      telemetry?.clear()
      const sums = new Float64Array(4)
      const left = new Map<string, ReturnType<typeof createTotals>>()
      const book = createBatchBook(batch.count)
      for (let i = 0; i < batch.count; i++) {
        const why = whyNot(batch, i)
        if (why !== null) {
          const adding = left.get(why) ?? createTotals()
          adding.take(batch.settled, i * SETTLED_BYTES)
          left.set(why, adding)
          continue
        }
        takeMoney(batch, i, rests, cents)
        for (let k = 0; k < 4; k++) sums[k]! += cents[k]!
        const device = book.take(batch, i)
        putRow(batch, i, device)
        const record = batch.records[i]
        if (telemetry && record) telemetry.take(batch.settled, i * SETTLED_BYTES, device, record)
      }
      return {
        parts: telemetry ? [out.written, telemetry.written] : [out.written],
        notes: {
          given: sums,
          left: [...left].map(([why, { totals }]) => [why, totals] as const),
          batch: book.taken,
        },
      }
    },
  }
}

/** What stands for a driver, as JSON: the licence where the office knows it, else the credential's hash. */
function createDriverTexts({ particulars }: MdsOptions): (permit: Uint8Array, at: number) => Uint8Array {
  const known = createKeyIndex(32)
  const texts: Uint8Array[] = []
  return (permit, at) => {
    const number = known.add(permit, at)
    texts[number] ??= driverText(hexAt(permit, at, 32) as Hex)
    return texts[number]
  }
  function driverText(credential: Hex): Uint8Array {
    return textBytes(JSON.stringify(particulars.drivers.get(credential)?.licence ?? credential))
  }
}

/** Places of trips without a way: the middle of a cell. */
function createMiddleTexts(): (low: number, high: number) => Uint8Array {
  const middleOf = createCellMiddles()
  const texts = new Map<string, Uint8Array>()
  return (low, high) => {
    const cell = cellText(low, high)
    const known = texts.get(cell)
    if (known) return known
    const [lng, lat] = middleOf(cell)
    const text = textBytes(
      `{"lat":${lat.toFixed(5)},"lng":${lng.toFixed(5)},"horizontal_accuracy":${CELL_M}}`,
    )
    texts.set(cell, text)
    return text
  }
}

/** What is the same in every row. */
function textsOf({ provider, currency }: MdsOptions) {
  const texts = {
    device: `,\n{"provider_id":"${provider}","device_id":"`,
    trip: '","trip_id":"',
    private: typed('private'),
    shared: typed('shared'),
    reservation: typed('reservation'),
    journey: '"journey_id":"',
    quoteComma: '",',
    shift: '"journey_attributes":{"shift_id":"',
    shiftEnd: '"},',
    passengers: '"trip_attributes":{"hail_type":"app","app_name":"Hexhail","passenger_count":',
    requested: ',"requested_time":',
    wanted: ',"quoted_trip_start_time":',
    dispatched: ',"dispatch_time":',
    waited: ',"trip_wait_time":',
    ridden: ',"trip_fare_time":',
    driver: ',"driver_id":',
    neverBegan: ',"cancellation_reason":"never began, a fee was signed","driver_id":',
    noWheelchair: wheelchair(false),
    inWheelchair: wheelchair(true),
    metered: 'meter_fare",',
    upfront: 'upfront_pricing",',
    meant: '"meter_fare_amount":',
    tolls: '"tolls":',
    tip: ',"tip":',
    taxes: ',"taxes":',
    pay: ',"commission":0,"driver_trip_pay":',
    start: '},"start_time":',
    end: ',"end_time":',
    from: ',"start_location":',
    to: ',"end_location":',
    lat: '{"lat":',
    lng: ',"lng":',
    duration: ',"duration":',
    distance: ',"distance":',
    notAccessible: ',"accessibility_attributes":[],"actual_cost":',
    accessible: ',"accessibility_attributes":["wheelchair_accessible"],"actual_cost":',
    currency: `,"currency":"${currency}"}`,
  }
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, textBytes(text)])) as Readonly<
    Record<keyof typeof texts, Uint8Array>
  >
}

const typed = (type: string): string => `","trip_type":["${type}"],`
const wheelchair = (is: boolean): string =>
  `,"wheelchair_transported":${is}},"fare_attributes":{"payment_type":"mobile_app","fare_type":"`
