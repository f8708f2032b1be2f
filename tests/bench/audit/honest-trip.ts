import type { LngLat } from '@hexhail/protocol/geo.ts'
import { tripRecord } from '@hexhail/protocol/record.ts'
import { recordCharges } from '@hexhail/protocol/record-charges.ts'
import { NO_ENTRY } from '@hexhail/protocol/record-fields.ts'
import { METERS, PROPULSIONS, type TripRecord } from '@hexhail/protocol/record-table.ts'
import { fareAtEnd, fareSoFar } from '@hexhail/protocol/ride-fare.ts'
import { cancelFeeOf, clockBp, fareOf, levyOf, waitOf } from '@hexhail/protocol/tariff.ts'
import { periodBp, tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import { meter } from '@hexhail/protocol/tariff-meter.ts'
import { touchOf } from '@hexhail/protocol/tariff-places.ts'
import type { Terms } from '@hexhail/protocol/terms.ts'
import { encodeSegment, endOf, type Sample, traceHead, traceMetres } from '@hexhail/protocol/trace.ts'
import { latLngToCell } from 'h3-js'
import type { Random } from './random.ts'
import { hexOf, named, type Town } from './world.ts'

/** Who drives, in which car, and which trip of the shift it is. */
export interface Driving {
  readonly driver: `0x${string}`
  readonly permit: Uint8Array
  readonly vehicle: Uint8Array
  readonly propulsion: number
  readonly isWav: boolean
  readonly shift: Uint8Array
  readonly shiftSeq: number
}

/** A trip whose record both would sign and the vault would pay. */
export interface MadeTrip {
  record: TripRecord
  readonly town: Town
  readonly driver: `0x${string}`
  readonly rider: `0x${string}`
  readonly samples: readonly Sample[]
  settledAtS: number
}

/** Places of a car each ten seconds, driving from `from` in a wandering line. */
function drive(random: Random, from: LngLat, beganS: number, secs: number): Sample[] {
  let [lng, lat] = from
  let heading = random() * 2 * Math.PI
  const speed = 5 + random() * 9
  const samples: Sample[] = []
  for (let s = 0; s <= secs; s += 10) {
    samples.push({ atS: beganS + s, lngE5: Math.round(lng * 1e5), latE5: Math.round(lat * 1e5) })
    heading += (random() - 0.5) * 0.5
    const metres = random() < 0.12 ? speed * 2 : speed * 10 * (0.7 + random() * 0.6)
    lng += (Math.cos(heading) * metres) / (111_195 * Math.cos((lat * Math.PI) / 180))
    lat += (Math.sin(heading) * metres) / 111_195
  }
  return samples
}

/** Cuts samples into segments of a minute, as the meter reports them. */
export function segmentsOf(samples: readonly Sample[]): Uint8Array[] {
  const segments: Uint8Array[] = []
  let end: readonly Sample[] = []
  for (let i = 0; i < samples.length; i += 6) {
    const part = samples.slice(i, i + 6)
    segments.push(encodeSegment(end, part))
    end = endOf(end, part)
  }
  return segments
}

/** Puts other samples into a record, chain and all. */
export function withTrace(record: TripRecord, samples: readonly Sample[]): TripRecord {
  const segments = segmentsOf(samples)
  return {
    ...record,
    segments: segments.length,
    head: traceHead(hexOf(record.terms), segments),
    trace: Uint8Array.from(segments.flatMap(each => [...each])),
  }
}

const NO_TERMS = {} as Terms['details']

/** An honest trip that begins at a moment; some are cancelled, ended early or paid by their last running receipt. */
export function honestTrip(
  random: Random,
  town: Town,
  driving: Driving,
  beginS: number,
  name: string,
): MadeTrip {
  const acceptedS = beginS - 200 - Math.floor(random() * 300)
  const waitSecs = Math.floor(random() * 240)
  const secs = 240 + Math.floor(random() * random() * 2_000)
  const cancelled = random() < 0.03
  const { id, tariff, document } = town.tariffAt(acceptedS)
  const isMetered = document !== null && !document.upfront.isAllowed
  const spread = () => (random() + random() - 1) * 0.09
  const from: LngLat = [town.centre[0] + spread(), town.centre[1] + spread()]
  const samples = cancelled ? [] : drive(random, from, beginS, secs)
  const driven = Math.round(traceMetres(samples))
  const clock = document ? periodBp(document, tariffTime(document, beginS)) : clockBp(tariff, beginS)
  const bp = isMetered ? clock : Math.min(tariff.maxBp, Math.max(tariff.minBp, clock))
  const ending = cancelled ? 'cancel' : random() < 0.1 ? 'early' : random() < 0.05 ? 'vested' : 'quote'
  const isCut = ending === 'early' || ending === 'vested'
  const quoteMetres = Math.round(driven * (isCut ? 1.4 : 0.95 + random() * 0.1)) + (cancelled ? 4_000 : 0)
  const quoteSecs = isCut ? Math.round(secs * 1.4) : Math.round(secs * (0.9 + random() * 0.2))
  const rider = hexOf(named(`rider ${name}`).subarray(0, 20))
  const metres = driven
  const rideS = cancelled ? 0 : secs
  const quote = isMetered ? 0n : fareOf(tariff, quoteMetres, quoteSecs, bp)
  const agreed = { fare: quote, metres: quoteMetres, secs: quoteSecs, bp }
  const ride = { agreed, startedAtMs: 1, meter: { metres, secs: rideS }, trace: { segments: [] } }
  const fare = isMetered
    ? 0n
    : {
        quote: () => fareAtEnd({ tariff, by: null }, ride, false),
        early: () => fareAtEnd({ tariff, by: null }, ride, true),
        vested: () => fareSoFar({ tariff, by: null }, ride),
        cancel: () => cancelFeeOf(tariff, quote, 1_500, 300),
      }[ending]()
  const terms: Terms = {
    ...{
      rider,
      driver: driving.driver,
      session: rider,
      fare: quote,
      hold: quote,
      lane: 0,
      seq: 0n,
      tariff: id,
    },
    ...{ metres: quoteMetres, secs: quoteSecs, bp, acceptBy: acceptedS, details: NO_TERMS },
  }
  const tip = random() < 0.2 ? fare / 10n : 0n
  const last = samples.at(-1)
  const segments = segmentsOf(samples)
  const tripId = hexOf(named(`trip ${name}`))
  const finishedS = cancelled ? 0 : beginS + secs
  let record = tripRecord(
    {
      terms,
      tariff,
      agreed,
      pickup: from,
      dest: last ? [last.lngE5 / 1e5, last.latE5 / 1e5] : from,
      salt: hexOf(named(`salt ${name}`)),
      times: {
        requestedAtMs: (acceptedS - 20) * 1_000,
        acceptedAtMs: acceptedS * 1_000,
        arrivedAtMs: cancelled ? 0 : (beginS - waitSecs) * 1_000,
        startedAtMs: cancelled ? 0 : beginS * 1_000,
        finishedAtMs: finishedS * 1_000,
      },
      asked: { needs: random() < 0.04 ? 1 : 0, passengers: 1, bookedForMs: 0 },
      car: {
        served: driving.isWav ? 1 : 0,
        propulsion: driving.propulsion,
        vehicleClass: 0,
        permit: hexOf(driving.permit),
        vehicle: hexOf(driving.vehicle),
      },
      place: { shift: hexOf(driving.shift), shiftSeq: driving.shiftSeq },
      way: { driverKey: `0x${'ab'.repeat(64)}`, segments, head: traceHead(tripId, segments) },
    },
    {
      terms: tripId,
      index: 1,
      fare,
      wait: cancelled ? 0n : waitOf(tariff, waitSecs),
      toll: 0n,
      tip,
      metres,
      secs: rideS,
      waitSecs: cancelled ? 0 : waitSecs,
    },
  )
  if (document && !cancelled && (isMetered || document.zones.length > 0))
    record = byDocument(record, town, samples, isMetered)
  return { record, town, driver: driving.driver, rider, samples, settledAtS: (finishedS || acceptedS) + 30 }
}

/** The charges of a document, and on a meter that runs the fare: by protocol's own meter over the way. */
function byDocument(
  record: TripRecord,
  town: Town,
  samples: readonly Sample[],
  isMetered: boolean,
): TripRecord {
  const { document, tariff } = town.tariffAt(record.acceptedAtMs / 1_000)
  const doc = document!
  const path = samples
    .map(each => latLngToCell(each.latE5 / 1e5, each.lngE5 / 1e5, 9))
    .filter((cell, i, all) => i === 0 || cell !== all[i - 1])
  const of = doc.classes[record.vehicleClass]!
  const pieces = samples.slice(1).map((each, i) => ({
    metres: Math.round(traceMetres([samples[i]!, each])),
    secs: each.atS - samples[i]!.atS,
  }))
  const slow = pieces.filter(({ metres, secs }) => metres * 3_600 < of.changeoverMh * secs)
  const drive = PROPULSIONS[record.propulsion]
  const metered = meter(doc, {
    class: of.id,
    startedAtS: record.startedAtMs / 1_000,
    segments: pieces,
    waitS: record.waitSecs,
    bp: record.bp,
    path,
    ...(drive !== undefined && drive !== 'unknown' && { propulsion: drive }),
  })
  const crossed = doc.zones.flatMap((each, z) => {
    const { pickup, dropoff, through } = touchOf(each, path)
    return pickup || dropoff || through ? [z] : []
  })
  const charged = { ...record, zones: crossed, ...recordCharges(doc, metered.lines) }
  if (!isMetered) return charged
  const amount = (...keys: string[]) =>
    metered.lines.filter(each => keys.includes(each.key)).reduce((sum, each) => sum + each.amount, 0n)
  const { fare } = metered
  return {
    ...charged,
    meter: METERS.S,
    metres: pieces.reduce((sum, each) => sum + each.metres, 0),
    slowSecs: slow.reduce((sum, each) => sum + each.secs, 0),
    wait: metered.wait,
    fare,
    tip: record.tip === 0n ? 0n : fare / 10n,
    quote: fareOf(tariff, record.quoteMetres, record.quoteSecs, record.bp),
    base: amount('base'),
    distance: amount('distance', 'units'),
    time: amount('time'),
    minimum: amount('minimum'),
    factor: amount('factor'),
    rounding: amount('rounding'),
    cancelFee: 0n,
    waived: 0n,
    levies: levyOf(tariff, fare) === 0n ? [] : [{ id: NO_ENTRY, amount: levyOf(tariff, fare) }],
  }
}
