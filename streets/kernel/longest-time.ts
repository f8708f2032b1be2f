import type { KernelTables } from './kernel-tables.ts'
import { CLOSED, FAR } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** What the proof reads of a kernel. */
export type ProofTables = Pick<KernelTables, 'upFirst' | 'upHead' | 'labelAt' | 'cellOf' | 'firstChild'> &
  Pick<KernelTables, 'firstIn' | 'inTail'> & { readonly parent: Int32Array }

/**
 * A bound, in units, that no finite time between two states exceeds. The longest way to a hub and the longest way from
 * it bound every way between states that have both. The top of the tree is a hub whose times stand in every label;
 * if its bound is not below `enough`, other ids of the top separator are tried with sums that cannot saturate.
 */
export function longestTime(tables: ProofTables, set: WeightSet, enough: number): number {
  const quick = throughTop(tables, set)
  if (quick < enough) return quick
  let best = Number.POSITIVE_INFINITY
  for (const hub of hubs(tables)) {
    best = Math.min(best, throughHub(tables, set, hub))
    if (best < enough) break
  }
  return best
}

/** By the labels' first lanes; `FAR` or more when a state seems to have no way to or from the top. */
function throughTop({ labelAt }: ProofTables, { out, into }: WeightSet): number {
  let to = 0
  let from = 0
  for (let v = 0; v + 1 < labelAt.length; v++) {
    const at = labelAt[v]!
    if (out[at]! > to) to = out[at]!
    if (into[at]! > from) from = into[at]!
  }
  return to === FAR || from === FAR ? Number.POSITIVE_INFINITY : to + from
}

/** Up to eight ids spread over the top separator. */
function hubs({ cellOf, firstChild }: ProofTables): number[] {
  const top = firstChild[0] === undefined || firstChild[0] === 0xffffffff ? 0 : firstChild[0]
  const chain: number[] = []
  for (let v = 0; v < cellOf.length; v++) if (cellOf[v] === top) chain.push(v)
  const step = Math.max(1, Math.ceil(chain.length / 8))
  return chain.filter((_, i) => i % step === 0)
}

/**
 * States without a way to the hub can reach only such states, so a way from one is shorter than all moves among them
 * together; likewise for those without a way from it.
 */
function throughHub(tables: ProofTables, { up, down, inUnits }: WeightSet, hub: number): number {
  const from = timesFrom(tables, hub, up, down)
  const to = timesFrom(tables, hub, down, up)
  let longest = 0
  let longestBack = 0
  for (const time of from) if (time < CLOSED && time > longest) longest = time
  for (const time of to) if (time < CLOSED && time > longestBack) longestBack = time
  const cutOff = Math.max(movesAmong(tables, inUnits, from), movesAmong(tables, inUnits, to))
  return Math.max(longest + longestBack, cutOff)
}

/** Times from `hub` to all ids, u32 (PHAST, Delling et al. 2011); with the weights exchanged: from all ids to it. */
function timesFrom(
  { upFirst, upHead, parent }: ProofTables,
  hub: number,
  up: Uint32Array,
  down: Uint32Array,
) {
  const times = new Uint32Array(parent.length).fill(CLOSED)
  times[hub] = 0
  for (let v = hub; v >= 0; v = parent[v]!) {
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
      times[upHead[e]!] = Math.min(times[upHead[e]!]!, times[v]! + up[e]!)
    }
  }
  for (let v = 0; v < times.length; v++) {
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
      times[v] = Math.min(times[v]!, times[upHead[e]!]! + down[e]!)
    }
  }
  return times
}

/** Sum of the open moves between ids whose time is none. */
function movesAmong({ firstIn, inTail }: ProofTables, inUnits: Uint32Array, times: Uint32Array): number {
  let sum = 0
  for (let v = 0; v < times.length; v++) {
    if (times[v]! < CLOSED) continue
    for (let m = firstIn[v]!; m < firstIn[v + 1]!; m++) {
      if (times[inTail[m]!]! >= CLOSED && inUnits[m]! < CLOSED) sum += inUnits[m]!
    }
  }
  return sum
}
