import { concat, hexDigits } from '@hexhail/protocol/hex.ts'
import type { Seeded } from '@hexhail/sim/seeded.ts'

/** Numbers at which programs break. */
const EDGES = [
  0, 1, 3, 4, 7, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff,
]

type Mutator = (bytes: Uint8Array, seeded: Seeded, pool: readonly Uint8Array[]) => Uint8Array

const at = (bytes: Uint8Array, { below }: Seeded): number => below(Math.max(1, bytes.length))

/** Ways of spoiling a message; each returns a new array. */
const MUTATORS: readonly Mutator[] = [
  (bytes, seeded) => {
    const out = bytes.slice()
    if (out.length > 0) out[at(out, seeded)]! ^= 1 << seeded.below(8)
    return out
  },
  (bytes, seeded) => {
    const out = bytes.slice()
    if (out.length > 0) out[at(out, seeded)] = seeded.pick(EDGES)
    return out
  },
  // A length or an offset that lies.
  (bytes, seeded) => {
    const out = bytes.slice()
    const place = at(out, seeded)
    const value = seeded.pick(EDGES)
    for (let i = 0; i < 4 && place + i < out.length; i++) out[place + i] = value >>> (8 * i)
    return out
  },
  (bytes, seeded) => bytes.slice(0, seeded.below(bytes.length + 1)),
  (bytes, seeded) => {
    return concat(bytes, noise(1 + seeded.below(40), seeded))
  },
  // The beginning of one and the end of another.
  (bytes, seeded, pool) => {
    const other = seeded.pick(pool)
    return concat(bytes.subarray(0, at(bytes, seeded)), other.subarray(at(other, seeded)))
  },
  // A piece said twice, or left out.
  (bytes, seeded) => {
    const from = at(bytes, seeded)
    const to = from + seeded.below(bytes.length - from + 1)
    return seeded.below(2) === 0
      ? concat(bytes.subarray(0, to), bytes.subarray(from))
      : concat(bytes.subarray(0, from), bytes.subarray(to))
  },
  (_, seeded) => noise(seeded.below(seeded.below(20) === 0 ? 2200 : 400), seeded),
]

/** Random bytes, four at a draw. */
function noise(size: number, { next }: Seeded): Uint8Array {
  const words = Uint32Array.from({ length: (size + 3) >>> 2 }, () => next() * 2 ** 32)
  return new Uint8Array(words.buffer, 0, size)
}

/** A message of the pool, spoiled once to four times; about one in fifty is left as it is. */
export function hostileBytes(pool: readonly Uint8Array[], seeded: Seeded): Uint8Array {
  let bytes = seeded.pick(pool)
  if (seeded.below(50) === 0) return bytes
  for (let times = 1 + seeded.below(4); times > 0; times--) bytes = seeded.pick(MUTATORS)(bytes, seeded, pool)
  return bytes
}

/** A topic: mostly a good one, else one that is nearly good or made of spoiled text. */
export function hostileTopic(topics: readonly string[], seeded: Seeded): string {
  const topic = seeded.pick(topics)
  switch (seeded.below(60)) {
    case 0:
      return topic.slice(0, seeded.below(topic.length))
    case 1:
      return topic + seeded.pick(['/', '0', '/local', '\u0000', '\u202e'])
    case 2:
      return topic.replace(/[0-9a-f]{15}$/, () =>
        hexDigits(Uint8Array.from({ length: 8 }, () => seeded.below(256))).slice(1),
      )
    case 3:
      return topic.replace(/31337/, String(seeded.pick(EDGES)))
    default:
      return topic
  }
}
