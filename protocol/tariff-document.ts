import { sha256 } from '@noble/hashes/sha2.js'
import { toHex } from './hex.ts'
import {
  flag,
  hash,
  int,
  list,
  type Of,
  object,
  oneOf,
  type ShapeFault,
  shapeFaults,
  text,
} from './tariff-shape.ts'
import type { Hex } from './terms.ts'

/** Hundredths of the currency, as the contract's uint24. */
const UNITS = int(0, 2 ** 24 - 1)
const BP = int(0, 65_535)
const SECONDS = int(0, 2 ** 32 - 1)
const MOMENT = int(0, 2 ** 40 - 1)
const MINUTE = int(0, 1_440)
const ID = text(/^[a-z0-9][a-z0-9-]{0,31}$/, 'name')
const IDS = list(ID, 64)
const WORDS = text(/^(?!\s)[^\p{Cc}]{1,120}(?<!\s)$/u, 'words')
const CELL = text(/^8[0-9a-f]{14}$/, 'cell')

/** Drives as MDS 2.0 names them. */
const PROPULSION = oneOf(
  ...(['human', 'electric_assist', 'electric', 'combustion', 'combustion_diesel', 'hybrid'] as const),
  ...(['hydrogen_fuel_cell', 'plug_in_hybrid'] as const),
)

/**
 * Days (1 = Monday … 7 = Sunday) and minutes of the local day, from inclusive to exclusive. Where `toMin` is not above
 * `fromMin` it runs over midnight and belongs to the day it begins on. `holidays`: `any` day counts, those of the list
 * `never` do, or `only` they.
 */
const WINDOW = {
  days: list(int(1, 7), 7),
  fromMin: int(0, 1_439),
  toMin: MINUTE,
  holidays: oneOf('any', 'never', 'only'),
}

/** The fields of a tariff document with their bounds. */
export const TARIFF_SHAPE = object({
  format: oneOf('hexhail-tariff-1'),
  id: ID,
  title: WORDS,
  jurisdiction: WORDS,
  version: int(1, 2 ** 31 - 1),
  /** sha256 of the version before; zeros: the first. */
  prev: hash,
  /** Unix seconds; `validTo` 0: until replaced. */
  validFrom: MOMENT,
  validTo: MOMENT,
  currency: text(/^[A-Z]{3}$/, 'currency'),
  /** IANA name for people, and the offsets from UTC that are reckoned with: each from its moment on. */
  clock: object({
    tz: text(/^[A-Za-z0-9_+\-/]{1,40}$/, 'zone'),
    offsets: list(object({ fromS: MOMENT, minutes: int(-840, 840) }), 64),
  }),
  holidays: list(text(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'date'), 200),
  /** `D`: distance and time both count. `S`: distance above the changeover speed, else time. */
  meter: oneOf('S', 'D'),
  classes: list(
    object({
      id: ID,
      name: WORDS,
      flag: UNITS,
      minimum: UNITS,
      perKm: UNITS,
      /** Metres after which a kilometre costs `perKmBeyond`; 0: never. */
      sectionM: SECONDS,
      perKmBeyond: UNITS,
      perMin: UNITS,
      /** Steps of the meter: `amount` for each `metres` or `secs`, as they are begun or when they are full. Metres 0: none. */
      unit: object({ metres: SECONDS, secs: SECONDS, amount: UNITS, counts: oneOf('begun', 'full') }),
      /** Metres an hour below which an S meter counts time. */
      changeoverMh: int(0, 300_000),
      waitPerMin: UNITS,
      freeWaitS: int(0, 65_535),
      /** Price factor of a pooled ride. */
      pooledBp: int(1, 65_535),
      isWav: flag,
    }),
    16,
  ),
  periods: list(object({ id: ID, ...WINDOW, multBp: int(1, 65_535) }), 64),
  zones: list(
    object({
      id: ID,
      name: WORDS,
      cells: list(CELL, 4_096),
      pickup: UNITS,
      dropoff: UNITS,
      through: UNITS,
      /** Factor of trips that begin here. */
      multBp: int(1, 65_535),
      beneficiary: WORDS,
    }),
    64,
  ),
  levies: list(
    object({
      id: ID,
      beneficiary: WORDS,
      /** `rider`: on top of the fare. `fare`: out of it. */
      payer: oneOf('rider', 'fare'),
      amount: UNITS,
      bp: int(0, 10_000),
      /** Windows in one of which the trip must begin; none: always. */
      when: list(object(WINDOW), 8),
      /** Zones that the trip must begin in, end in or touch; none: everywhere. */
      where: object({ zones: IDS, at: oneOf('touch', 'pickup', 'dropoff') }),
      /** Drives that pay; none: all. */
      propulsion: list(PROPULSION, 8),
    }),
    32,
  ),
  tolls: list(
    object({
      id: ID,
      name: WORDS,
      /** Passing from one cell into its neighbour. */
      gantries: list(object({ from: CELL, to: CELL }), 64),
      amount: UNITS,
      beneficiary: WORDS,
    }),
    64,
  ),
  /** The most that zones, tolls and levies on top add up to; 0: no bound. */
  chargesMost: UNITS,
  /** A charge a trip for accessible service, and whether wheelchair-accessible classes may cost no more. */
  access: object({ perTrip: UNITS, beneficiary: WORDS, wavNoExtra: flag }),
  /** Fares agreed before the ride, and the bounds of the price factor, the clock's and demand's together. */
  upfront: object({ isAllowed: flag, toleranceBp: BP, minBp: int(1, 65_535), maxBp: int(1, 65_535) }),
  /** What a driver is paid at least for the way with a rider. */
  wage: object({ per: oneOf('none', 'trip', 'week'), perKm: UNITS, perMin: UNITS, wavPerKm: UNITS }),
  /** At most so long at the wheel in any such span; 0: no limit. */
  hours: object({ limitS: SECONDS, windowS: SECONDS }),
  /**
   * What holders of a credential have taken off, at most `most` a trip (0: no bound). `borneBy`: whose loss it is. What the
   * authority bears counts towards the driver's wage floor, and it owes him the sum outside the vault.
   */
  concessions: list(
    object({
      ...{ id: ID, vct: WORDS, category: ID, bp: int(0, 10_000), most: UNITS },
      borneBy: oneOf('authority', 'driver'),
    }),
    32,
  ),
  /** The most that one pass pays a local day and a week from Monday; 0: no bound. */
  caps: object({ day: UNITS, week: UNITS }),
  /** Taken off a ride in class `to` that begins within `windowS` of paying for one in `from`, `most` times in a row. */
  transfers: list(object({ from: ID, to: ID, windowS: SECONDS, discount: UNITS, most: int(1, 9) }), 64),
  cancel: object({
    freeS: int(0, 65_535),
    perKm: UNITS,
    perMin: UNITS,
    bp: int(0, 10_000),
    min: UNITS,
    max: UNITS,
    lateS: int(0, 65_535),
    noShowS: int(0, 65_535),
    noShowFee: UNITS,
  }),
  needsPermit: flag,
  /** Every product is floored to a millionth; the fare is then rounded once to whole `step`. */
  rounding: object({ step: int(0, 65_535), mode: oneOf('none', 'half-up', 'up', 'down') }),
})

/** A published price list whole: what the chain's tariff is derived from. Amounts in hundredths of the currency. */
export type TariffDocument = Of<typeof TARIFF_SHAPE>
/** A class of cars or service. */
export type TariffClass = TariffDocument['classes'][number]
/** A drive as MDS names it. */
export type Propulsion = Of<typeof PROPULSION>
/** Days and hours. */
export type TariffWindow = Omit<TariffDocument['periods'][number], 'id' | 'multBp'>
/** An area with its charges. */
export type TariffZone = TariffDocument['zones'][number]

/** A document out of JSON that was parsed, or the faults of its shape. Whether its prices make sense is `lintTariff`'s. */
export function tariffDocument(
  json: unknown,
): { readonly document: TariffDocument } | { readonly faults: readonly ShapeFault[] } {
  const faults = shapeFaults(TARIFF_SHAPE, json)
  return faults.length === 0 ? { document: json as TariffDocument } : { faults }
}

/** The bytes that a document is named by: JSON with sorted keys and no spaces (RFC 8785; it has whole numbers only). */
export const tariffBytes = (doc: TariffDocument): Uint8Array => new TextEncoder().encode(canonical(doc))

/** sha256 of `tariffBytes`: the `document` of the chain's tariff. */
export const tariffHash = (doc: TariffDocument): Hex => toHex(sha256(tariffBytes(doc)))

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = value as Readonly<Record<string, unknown>>
  const names = Object.keys(fields).sort()
  return `{${names.map(name => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(',')}}`
}
