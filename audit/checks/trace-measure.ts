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

/** Measures the trace in `bytes` from `at` to `end` without making an object a sample. */
export function measureTrace(bytes: Uint8Array, at: number, end: number, out: TraceMeasure): void {
  out.samples = 0
  out.metres = 0
  out.mps = 0
  out.segments = 0
  out.isRead = true
  let lng = 0
  let lat = 0
  let stepLng = 0
  let stepLat = 0
  let shrink = 1
  let i = at
  let cut = false
  const next = (): number => {
    let byte = bytes[i++]!
    if (byte < 128) return byte
    let value = byte & 127
    for (let unit = 128, n = 1; n < 5; n++, unit *= 128) {
      byte = bytes[i++]!
      value += (byte & 127) * unit
      if (byte < 128) {
        if (byte === 0) cut = true
        return value
      }
    }
    cut = true
    return 0
  }
  while (i < end) {
    const count = bytes[i++]!
    if (count === 0) cut = true
    for (let n = 0; n < count && !cut; n++) {
      if (out.samples === 0) {
        next()
        lng = unzigzag(next())
        lat = unzigzag(next())
        out.firstLngE5 = lng
        out.firstLatE5 = lat
        shrink = Math.cos((lat * Math.PI) / 180e5) * E5_M
      } else {
        const first = next()
        stepLng += unzigzag(Math.floor(first / 2))
        stepLat += unzigzag(next())
        const stepS = first % 2 === 1 ? next() : SAMPLE_S
        if (stepS < 1 || stepS > GAP_S || (first % 2 === 1 && stepS === SAMPLE_S)) cut = true
        lng += stepLng
        lat += stepLat
        const x = stepLng * shrink
        const y = stepLat * E5_M
        const metres = Math.sqrt(x * x + y * y)
        out.metres += metres
        if (metres > out.mps * stepS) out.mps = metres / stepS
      }
      if (lng > 18e6 || lng < -18e6 || lat > 9e6 || lat < -9e6) cut = true
      out.samples++
    }
    if (i > end) cut = true
    if (cut) break
    out.ends[out.segments++] = i - at
  }
  out.lastLngE5 = lng
  out.lastLatE5 = lat
  out.isRead = !cut
}

const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2)
