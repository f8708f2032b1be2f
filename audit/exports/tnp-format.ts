import { decodeTrace } from '@hexhail/protocol/trace.ts'
import { isZero } from '../checks/byte-read.ts'
import { createKeyIndex } from '../checks/key-index.ts'
import { SETTLED_BYTES } from '../checks/settled-row.ts'
import { FILED } from '../checks/trip-columns.ts'
import { numberOf } from './amount.ts'
import { createPutMoment } from './byte-moments.ts'
import { ByteText, textBytes } from './byte-text.ts'
import { CREDENTIAL_KEY } from './credential-key.ts'
import type { Format } from './format.ts'
import { hundredthsOf } from './hundredths.ts'
import { wayOf } from './mds-telemetry.ts'
import { hexAt, localClock } from './text.ts'
import { createTnpBook, type TnpBatch } from './tnp-batch.ts'
import type { TnpOptions } from './tnp-options.ts'
import { createTnpRowTests } from './tnp-row-tests.ts'
import { TESTS } from './tnp-tests.ts'
import { driverLicence, putAmount, putDegrees, putMiles, vehiclePlate } from './tnp-text.ts'
import type { TripBatch } from './trip-batch.ts'

/** Files that have rows of single trips, in the order of a batch's parts. */
export const FORMATTED = ['trip', 'trip_request', 'location'] as const

/** Columns of money that are carried. */
export const TNP_MONEY = { fare: 0, levy: 1, toll: 2, tip: 3 } as const

/** What is told of a batch: its hundredths by column, rows that fail each test, and what the other files need. */
export interface TnpNotes {
  readonly given: Float64Array
  readonly wrong: Uint32Array
  readonly batch: TnpBatch
}

/** Bytes of a row at most, but for names. */
const ROW = 1_024
/** Seconds between two places of a car. */
const LOCATION_S = 60
const COMMA = 44
const YES = 89
const NO = 78
const { fare, levy, toll, tip } = TNP_MONEY
const PLACES = [1, 0, 3, 2] as const

/** Rows of `FORMATTED`. */
export function createFormat(given: unknown): Format<TnpNotes> {
  const options = given as TnpOptions
  const outs = FORMATTED.map(() => new ByteText()) as [ByteText, ByteText, ByteText]
  const [trip, request, location] = outs
  const stateText = textBytes(options.state ?? '')
  const nothing = new Uint8Array()
  const lineEnd = textBytes('\r\n')
  const nothingPaid = textBytes('0.00,')
  const putMoment = createPutMoment(localClock(options.zone))
  const licenceOf = createLicences(options)
  const cents = new Float64Array(4)

  const putTime = (out: ByteText, seconds: number): void => {
    if (seconds > 0) putMoment(out, seconds)
    out.byte(COMMA)
  }
  const putFlag = (out: ByteText, isKnown: boolean, bit: number): void => {
    if (isKnown) out.byte(bit === 0 ? NO : YES)
    out.byte(COMMA)
  }
  const putCents = (out: ByteText, value: number): void => {
    out.cents(value)
    out.byte(COMMA)
  }
  const putId = ({ settled }: TripBatch, i: number, out: ByteText): void =>
    out.upperHex(settled, i * SETTLED_BYTES, 32)
  const putTrip = (batch: TripBatch, i: number, licence: Uint8Array): void => {
    const { t } = batch
    const isOpened = t.filed[i] === FILED.opened
    const isRide = isOpened && t.startedAtS[i]! > 0
    trip.room(ROW + licence.length + stateText.length)
    trip.put(licence)
    trip.byte(COMMA)
    trip.put(licence.length === 0 ? nothing : stateText)
    trip.byte(COMMA)
    trip.byte(COMMA)
    putTime(trip, isRide ? t.startedAtS[i]! : 0)
    trip.byte(COMMA)
    putTime(trip, isRide ? t.finishedAtS[i]! : 0)
    trip.byte(COMMA)
    if (isOpened) putMiles(trip, isRide ? t.metres[i]! : 0)
    trip.byte(COMMA)
    putCents(trip, cents[fare]! + cents[tip]! + cents[levy]! + cents[toll]!)
    putCents(trip, cents[fare]!)
    putCents(trip, cents[tip]!)
    putCents(trip, cents[levy]!)
    putCents(trip, cents[toll]!)
    putFlag(trip, isOpened, t.pooled[i]! & 1)
    if (isOpened && !isZero(t.journey, 16 * i, 16)) trip.upperHex(t.journey, 16 * i, 16)
    else putId(batch, i, trip)
    trip.byte(COMMA)
    for (const k of PLACES) {
      if (isRide && t.samples[i]! > 0) putDegrees(trip, t.ends[4 * i + k]!)
      trip.byte(COMMA)
    }
    putCents(trip, cents[toll]!)
    putCents(trip, cents[levy]!)
    trip.put(nothingPaid)
    putId(batch, i, trip)
    trip.byte(COMMA)
    if (isRide) trip.uint(t.passengers[i]!)
    trip.byte(COMMA)
    putTime(trip, isOpened ? t.arrivedAtS[i]! : 0)
    putCents(trip, cents[fare]!)
    putFlag(trip, isOpened, t.pooled[i]! & 2)
    trip.byte(COMMA)
  }
  const putRequest = (batch: TripBatch, i: number): void => {
    const { t } = batch
    const isRide = t.startedAtS[i]! > 0
    const isShared = (t.pooled[i]! & 1) !== 0
    request.room(ROW)
    if (isRide) putId(batch, i, request)
    request.byte(COMMA)
    request.byte(49)
    request.byte(COMMA)
    putTime(request, t.requestedAtS[i]!)
    request.byte((t.needs[i]! & 1) !== 0 ? 51 : isShared ? 49 : 50)
    request.byte(COMMA)
    if (t.passengers[i]! > 0) request.uint(t.passengers[i]!)
    request.byte(COMMA)
    request.byte(isRide ? 49 : 51)
    request.byte(COMMA)
    if (isShared) request.byte(COMMA)
    if (t.quote[i]! > 0) putAmount(request, t.quote[i]!)
    if (!isShared) request.byte(COMMA)
  }
  const putLocation = (licence: Uint8Array, plate: Uint8Array, atS: number, lngE5: number, latE5: number) => {
    location.room(ROW + licence.length + stateText.length + plate.length)
    location.put(licence)
    location.byte(COMMA)
    location.put(licence.length === 0 ? nothing : stateText)
    location.byte(COMMA)
    location.put(plate)
    location.byte(COMMA)
    putTime(location, atS)
    putDegrees(location, latE5)
    location.byte(COMMA)
    putDegrees(location, lngE5)
  }
  return {
    looksAt: options.hasLocations ? 'records' : 'ends',
    rests: 4,
    carry(batch, rests) {
      for (let i = 0; i < batch.count; i++) takeMoney(batch, i, rests, cents)
    },
    format(batch, rests) {
      const sums = new Float64Array(4)
      const wrong = new Uint32Array(TESTS + 1)
      const tests = FORMATTED.map(file => createTnpRowTests(file, wrong))
      const book = createTnpBook(batch.count)
      /** Ends a row that began at a place of a file. */
      const end = (file: 0 | 1 | 2, begin: number): void => {
        tests[file]!.row(outs[file].bytes, begin, outs[file].at)
        outs[file].put(lineEnd)
      }
      for (const out of outs) out.clear()
      const { t } = batch
      for (let i = 0; i < batch.count; i++) {
        takeMoney(batch, i, rests, cents)
        for (let k = 0; k < 4; k++) sums[k]! += cents[k]!
        const isOpened = t.filed[i] === FILED.opened
        const licence = isOpened ? licenceOf(book.take(batch, i, cents[fare]!, cents[tip]!)) : nothing
        const tripAt = trip.at
        putTrip(batch, i, licence)
        end(0, tripAt)
        if (!isOpened || t.requestedAtS[i] === 0) continue
        const requestAt = request.at
        putRequest(batch, i)
        end(1, requestAt)
        const record = batch.records[i]
        if (!options.hasLocations || !record) continue
        const trace = decodeTrace(wayOf(record))
        if (trace.verdict !== 'accept') continue
        const plate = textBytes(plateOf(options, t.vehicle, i))
        let nextS = 0
        for (const { atS, lngE5, latE5 } of trace.value.samples) {
          if (atS < nextS) continue
          nextS = atS + LOCATION_S
          const begin = location.at
          putLocation(licence, plate, atS, lngE5, latE5)
          end(2, begin)
        }
      }
      return { parts: outs.map(({ written }) => written), notes: { given: sums, wrong, batch: book.taken } }
    },
  }
}

/** Hundredths of row i in each column, into `out`. */
function takeMoney(batch: TripBatch, i: number, rests: Float64Array, out: Float64Array): void {
  const taken = numberOf(batch, i, 'levy')
  out[fare] = hundredthsOf(numberOf(batch, i, 'fare') - taken + numberOf(batch, i, 'wait'), rests, fare)
  out[levy] = hundredthsOf(taken, rests, levy)
  out[toll] = hundredthsOf(numberOf(batch, i, 'toll'), rests, toll)
  out[tip] = hundredthsOf(numberOf(batch, i, 'tip'), rests, tip)
}

/** Licences by the key of a driver. */
function createLicences({ particulars }: TnpOptions): (key: Uint8Array) => Uint8Array {
  const known = createKeyIndex(CREDENTIAL_KEY)
  const texts: Uint8Array[] = []
  return key => {
    const number = known.add(key, 0)
    texts[number] ??= textBytes(driverLicence(particulars, key, 0))
    return texts[number]
  }
}

const plateOf = ({ particulars }: TnpOptions, vehicles: Uint8Array, i: number): string =>
  isZero(vehicles, 32 * i, 32) ? '' : vehiclePlate(particulars, hexAt(vehicles, 32 * i, 32) as `0x${string}`)
