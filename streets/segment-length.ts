import { EARTH_RADIUS_M } from '@hexhail/protocol/geo.ts'
import { LONGEST_DM, type StreetTable } from './street-table.ts'

/** Decimetres of a millionth of a degree of latitude. */
const DM_PER_MICRO = (EARTH_RADIUS_M * 10 * Math.PI) / 180e6
/** Millionths of a degree once round the earth. */
const ROUND = 360e6

/**
 * Length of each segment in decimetres, along its drawn line, at least one. The ground is taken for flat around the
 * middle between the ends: streets of some kilometres come out within a ten-thousandth of a sphere's. Sums, products
 * and square roots only, which every machine rounds alike: whoever opens a bundle has its builder's figures.
 */
export function segmentLengthsDm(
  streets: Pick<StreetTable, 'junctionXy' | 'tail' | 'head' | 'geomFirst' | 'geomXy'>,
): Uint32Array {
  const { junctionXy, tail, head, geomFirst, geomXy } = streets
  const lengthDm = new Uint32Array(tail.length)
  for (let s = 0; s < tail.length; s++) {
    const goal = 2 * head[s]!
    let x = junctionXy[2 * tail[s]!]!
    let y = junctionXy[2 * tail[s]! + 1]!
    const squeeze = cosine((y + junctionXy[goal + 1]!) / 2)
    let sum = 0
    for (let p = 2 * geomFirst[s]!, end = 2 * geomFirst[s + 1]!; p <= end; p += 2) {
      const nextX = p < end ? geomXy[p]! : junctionXy[goal]!
      const nextY = p < end ? geomXy[p + 1]! : junctionXy[goal + 1]!
      const east = Math.abs(nextX - x)
      // The short way round the earth.
      const dx = (east > ROUND / 2 ? ROUND - east : east) * squeeze
      const dy = nextY - y
      sum += Math.sqrt(dx * dx + dy * dy)
      x = nextX
      y = nextY
    }
    lengthDm[s] = Math.min(LONGEST_DM, Math.max(1, Math.round(sum * DM_PER_MICRO)))
  }
  return lengthDm
}

/** Cosine of a latitude in millionths of a degree, to eight digits: a polynomial, so that every machine has the same. */
function cosine(latitude: number): number {
  const x = (latitude * Math.PI) / 180e6
  const z = x * x
  const high = 1 / 40_320 + z * (-1 / 3_628_800 + z * (1 / 479_001_600 - z / 87_178_291_200))
  return 1 + z * (-1 / 2 + z * (1 / 24 + z * (-1 / 720 + z * high)))
}
