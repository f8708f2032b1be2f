import type { Place } from '../router.ts'
import { aimAt } from './aim-at.ts'
import type { LabelEngine } from './label-engine.ts'
import { quickestWay } from './quickest-way.ts'
import { finite } from './same-segment.ts'

/** Makes the function that tells the units from many places to one (`Infinity`: no way), for one epoch. */
export function unitsFrom(engine: LabelEngine, froms: readonly Place[]): (to: Place) => Float64Array {
  const { graph, epoch } = engine
  const { access, kernel } = epoch
  // The ways out of all places, those of one place side by side.
  const states = new Uint32Array(2 * froms.length)
  const lefts = new Uint32Array(2 * froms.length)
  const owners = new Uint32Array(2 * froms.length)
  let count = 0
  for (let i = 0; i < froms.length; i++) {
    const from = froms[i]!
    if (!access.isKnown(from)) continue
    for (let k = 0; k < 2; k++) {
      if (!access.isOpen(from.edge ^ k)) continue
      states[count] = graph.endState[from.edge ^ k]!
      lefts[count] = access.unitsLeft(from, from.edge ^ k)
      owners[count++] = i
    }
  }
  const starts = states.subarray(0, count)
  const out = new Uint32Array(count)
  return to => {
    const best = new Float64Array(froms.length).fill(Infinity)
    if (!access.isKnown(to)) return best
    const shift = aimAt(engine, to)
    kernel.many(starts, out)
    for (let n = 0; n < count; n++) {
      const units = finite(out[n]!) + lefts[n]! - shift
      if (units < best[owners[n]!]!) best[owners[n]!] = units
    }
    for (let i = 0; i < froms.length; i++) {
      if (froms[i]!.edge >> 1 === to.edge >> 1 && access.isKnown(froms[i]!))
        best[i] = quickestWay(engine, froms[i]!, to)?.units ?? Infinity
    }
    return best
  }
}
