import type { LabelEngine } from './label-engine.ts'
import { quickestWay } from './quickest-way.ts'
import type { Place } from './router.ts'
import { finite } from './same-segment.ts'

/** Units from many places to one, by one label of the goal; `Infinity` where there is no way. */
export function unitsFrom(engine: LabelEngine, froms: readonly Place[], to: Place): Float64Array {
  const { kernel, access } = engine.epoch
  const best = new Float64Array(froms.length).fill(Infinity)
  if (!access.isKnown(to)) return best
  const goal = access.goal(to)
  kernel.aim(goal.states, goal.adds)
  const states = new Uint32Array(2 * froms.length)
  const rests = new Uint32Array(2 * froms.length)
  const owners = new Uint32Array(2 * froms.length)
  let count = 0
  froms.forEach((from, i) => {
    if (!access.isKnown(from)) return
    if (from.edge >> 1 === goal.segment) {
      best[i] = quickestWay(engine, from, to, goal)?.units ?? Infinity
      return
    }
    for (const { state, units } of access.exits(from)) {
      states[count] = state
      rests[count] = units
      owners[count++] = i
    }
  })
  const out = new Uint32Array(count)
  kernel.many(states.subarray(0, count), out)
  for (let n = 0; n < count; n++) {
    const units = finite(out[n]!) + rests[n]! - goal.shift
    if (units < best[owners[n]!]!) best[owners[n]!] = units
  }
  return best
}
