import { EARTH_RADIUS_M } from '@hexhail/protocol/geo.ts'
import { SAMPLE_S } from '@hexhail/protocol/trace.ts'

/** What a trace comes to; one object is used again for each. */
export interface TraceMeasure {
  samples: number
  /** Metres along the samples, on a flat map at their latitude: within half a percent of the great circle's. */
  metres: number
  /** Highest speed between two samples, metres a second. */
  mps: number
  segments: number
  /** Whether every byte was read as `decodeTrace` reads it. */
  isRead: boolean
  firstLngE5: number
  firstLatE5: number
  lastLngE5: number
  lastLatE5: number
  /** Where each segment ends, as far as `segments` counts. */
  readonly ends: Uint16Array
}

/** An empty measure. */
export const createTraceMeasure = (): TraceMeasure => ({
  samples: 0,
  metres: 0,
  mps: 0,
  segments: 0,
  isRead: true,
  firstLngE5: 0,
  firstLatE5: 0,
  lastLngE5: 0,
  lastLatE5: 0,
  ends: new Uint16Array(8_192),
})

const E5_M = (EARTH_RADIUS_M * Math.PI) / 180 / 1e5
const GAP_S = 86_400

/** Where the number that `longNumber` read ends, and whether it is one that `decodeTrace` takes. */
let numberEnd = 0
let isNumber = true

/** Measures the trace in `bytes` from `at` to `end` without making an object a sample. */
export function measureTrace(bytes: Uint8Array, at: number, end: number, out: TraceMeasure): void {
  let samples = 0
  let sum = 0
  let mps = 0
  let segments = 0
  let lng = 0
  let lat = 0
  let stepLng = 0
  let stepLat = 0
  let shrink = 1
  out.firstLngE5 = 0
  out.firstLatE5 = 0
  let i = at
  isNumber = true
  while (i < end) {
    const count = bytes[i++]!
    let isGood = count > 0
    for (let n = 0; n < count && isGood; n++) {
      // Nearly all numbers are below 128: one byte, read here.
      let first = bytes[i++]!
      if (first > 127) {
        first = longNumber(bytes, i - 1)
        i = numberEnd
      }
      let a = bytes[i++]!
      if (a > 127) {
        a = longNumber(bytes, i - 1)
        i = numberEnd
      }
      if (samples === 0) {
        lng = unzigzag(a)
        lat = unzigzag(longNumber(bytes, i))
        i = numberEnd
        out.firstLngE5 = lng
        out.firstLatE5 = lat
        shrink = Math.cos((lat * Math.PI) / 180e5) * E5_M
      } else {
        let stepS = SAMPLE_S
        stepLng += first < SMALL ? -((first >>> 1) & 1) ^ (first >>> 2) : unzigzag(Math.floor(first / 2))
        stepLat += a < SMALL ? -(a & 1) ^ (a >>> 1) : unzigzag(a)
        if (first % 2 === 1) {
          stepS = longNumber(bytes, i)
          i = numberEnd
          isGood = stepS >= 1 && stepS <= GAP_S && stepS !== SAMPLE_S
        }
        lng += stepLng
        lat += stepLat
        const x = stepLng * shrink
        const y = stepLat * E5_M
        const metres = Math.sqrt(x * x + y * y)
        sum += metres
        if (metres > mps * stepS) mps = metres / stepS
      }
      isGood &&= isNumber && lng <= 18e6 && lng >= -18e6 && lat <= 9e6 && lat >= -9e6
      samples++
    }
    if (!isGood || i > end) {
      isNumber = false
      break
    }
    out.ends[segments++] = i - at
  }
  out.samples = samples
  out.metres = sum
  out.mps = mps
  out.segments = segments
  out.lastLngE5 = lng
  out.lastLatE5 = lat
  out.isRead = isNumber
}

/** Numbers below this have a sign that bits tell. */
const SMALL = 2 ** 30

/** A number of up to five bytes. */
function longNumber(bytes: Uint8Array, at: number): number {
  let value = 0
  let unit = 1
  for (let n = 0; n < 5; n++, unit *= 128) {
    const byte = bytes[at + n]!
    value += (byte & 127) * unit
    if (byte > 127) continue
    if (byte === 0 && n > 0) isNumber = false
    numberEnd = at + n + 1
    return value
  }
  isNumber = false
  numberEnd = at + 5
  return 0
}

const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)
