import { decodeTrace, metresBorneOut, traceMetres } from '@hexhail/protocol/trace.ts'
import { most, number } from '../answer.ts'
import { LOOK, type TripCheck } from '../check.ts'
import { FILED } from '../trip-columns.ts'

/** How far off a look's flat map may be, both ways. */
const FLAT = 0.02
/** Degrees of latitude beyond which, or across which, a flat map is not used. */
const FAR_E5 = 75e5
const WIDE_E5 = 1e5

/** T1: the metres that were charged for are borne out by the trace that both signed. */
export const distanceInflation: TripCheck = {
  id: 'T1',
  name: 'trace.distance_inflation',
  kind: 'proof',
  scope: 'trip',
  says: 'More metres were counted than the signed trace bears out.',
  needs: [],
  look(t, i) {
    if (t.filed[i] !== FILED.opened || t.samples[i]! < 2 || t.isTraceBroken[i] === 1) return LOOK.notAsked
    const from = t.ends[4 * i + 1]!
    if (Math.abs(from) > FAR_E5 || Math.abs(t.ends[4 * i + 3]! - from) > WIDE_E5) return LOOK.suspect
    return t.metres[i]! <= metresBorneOut(t.traceM[i]! * (1 - FLAT)) ? LOOK.clean : LOOK.suspect
  },
  ask({ record }) {
    const trace = record && decodeTrace(record.trace)
    if (trace?.verdict !== 'accept' || trace.value.samples.length < 2) return []
    const borne = metresBorneOut(traceMetres(trace.value.samples))
    return [most('TRACE_LENGTH', number(borne, 'm'), number(record!.metres, 'm'))]
  },
}
