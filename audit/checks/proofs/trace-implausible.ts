import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { TripRecord } from '@hexhail/protocol/record-table.ts'
import { decodeTrace, placeOf, type Sample, traceHead } from '@hexhail/protocol/trace.ts'
import { id, least, most, number, same } from '../answer.ts'
import { type Answer, LOOK, type TripCheck } from '../check.ts'
import { FILED } from '../trip-columns.ts'

/** How far off a look's flat map may be. */
const FLAT = 0.02
/** Times of one device may be off by so much, seconds. */
const CLOCKS_S = 60

/** T3: the trace is the one that was signed, no car drives so fast, and the steps of the trip come in their order. */
export const traceImplausible: TripCheck = {
  id: 'T3',
  name: 'trace.implausible',
  kind: 'proof',
  scope: 'trip',
  says: 'The trace cannot be true: too fast, out of order, or not the chain that was signed.',
  needs: [],
  look(t, i, { books }) {
    if (t.filed[i] !== FILED.opened) return LOOK.notAsked
    if (t.isTraceBroken[i] === 1 || t.traceMps[i]! > books.fastestMps * (1 - FLAT)) return LOOK.suspect
    if (Math.abs(t.ends[4 * i + 1]!) > 75e5) return LOOK.suspect
    return inOrder(t.arrivedAtS[i]!, t.startedAtS[i]!) && inOrder(t.startedAtS[i]!, t.finishedAtS[i]!)
      ? LOOK.clean
      : LOOK.suspect
  },
  ask({ settled, record }, { books }) {
    if (record === null) return []
    const trace = decodeTrace(record.trace)
    const times = askTimes(record)
    if (trace.verdict !== 'accept') return [...times, same('TRACE', number(1), number(0))]
    const { samples, segments } = trace.value
    const counted = same('SEGMENTS', number(record.segments), number(segments.length))
    if (segments.length === 0) return [...times, counted]
    return [
      ...times,
      counted,
      same('CHAIN', id(toHex(record.head)), id(toHex(traceHead(settled.terms, segments)))),
      most('SPEED', number(books.fastestMps, 'mps'), number(fastestOf(samples), 'mps')),
    ]
  },
}

/** Columns have whole seconds: strictly, so that a part of one is never overlooked. */
const inOrder = (first: number, then: number): boolean => first === 0 || then === 0 || then > first - CLOCKS_S

function askTimes({ arrivedAtMs, startedAtMs, finishedAtMs }: TripRecord): Answer[] {
  const pairs = [
    ['ARRIVED_FIRST', arrivedAtMs, startedAtMs],
    ['STARTED_FIRST', startedAtMs, finishedAtMs],
  ] as const
  return pairs
    .filter(([, first, then]) => first !== 0 && then !== 0)
    .map(([code, first, then]) => least(code, number(first - CLOCKS_S * 1_000, 'ms'), number(then, 'ms')))
}

/** Highest speed between two samples, metres a second, to the millimetre. */
function fastestOf(samples: readonly Sample[]): number {
  let fastest = 0
  for (let i = 1; i < samples.length; i++) {
    const [a, b] = [samples[i - 1]!, samples[i]!]
    fastest = Math.max(fastest, greatCircleM(placeOf(a), placeOf(b)) / (b.atS - a.atS))
  }
  return Math.round(fastest * 1_000) / 1_000
}
