import { MOST_IDS } from '../labels/separator-tree.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { CLOSED, FAR } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** What the proof reads of a kernel. */
export type ProofTables = KernelTables & { readonly parent: Int32Array }

/** Longest open move into each id (or arc to it, for who starts on it), and out of it. */
interface LongestMoves {
  readonly into: Uint32Array
  readonly outOf: Uint32Array
  readonly any: number
}

/** Up to eight ids spread over the top separator, to be tried in this order by `longestTime`. */
export function hubsOf({ chainIds, spotOf, cellParent }: ProofTables): number[] {
  const isOnTop = (id: number): boolean => cellParent[Math.floor(spotOf[id]! / MOST_IDS)] === 0
  const below = chainIds.findIndex(id => !isOnTop(id))
  const chain = [...chainIds.subarray(0, below < 0 ? chainIds.length : below)]
  const step = Math.max(1, Math.ceil(chain.length / 8))
  return chain.filter((_, i) => i % step === 0)
}

/**
 * A bound, in units, that no finite time exceeds: between two states, with the longest move into the first one before
 * it (a driver's rest) and the longest one out of the second one after it (a goal's way into a street). The longest
 * way to a hub and the longest way from it bound every way between states that have both. The hub that proved enough
 * comes to the front of `hubs`.
 */
export function longestTime(tables: ProofTables, set: WeightSet, hubs: number[]): number {
  const moves = longestMoves(tables, set)
  let least = Number.POSITIVE_INFINITY
  for (const hub of [...hubs]) {
    const bound = throughHub(tables, set, moves, hub)
    if (bound < least) {
      least = bound
      hubs.unshift(...hubs.splice(hubs.indexOf(hub), 1))
    }
    if (least < FAR) break
  }
  return least
}

function longestMoves(
  { firstIn, inTail, endId }: ProofTables,
  { inUnits, arcUnits }: WeightSet,
): LongestMoves {
  const states = firstIn.length - 1
  const into = new Uint32Array(states)
  const outOf = new Uint32Array(states)
  let any = 0
  for (let v = 0; v < states; v++) {
    for (let m = firstIn[v]!; m < firstIn[v + 1]!; m++) {
      const units = inUnits[m]!
      if (units >= CLOSED) continue
      const tail = inTail[m]!
      if (units > into[v]!) into[v] = units
      if (units > outOf[tail]!) outOf[tail] = units
      if (units > any) any = units
    }
  }
  for (let arc = 0; arc < endId.length; arc++) {
    const [id, units] = [endId[arc]!, arcUnits[arc]!]
    if (id === NONE) continue
    if (units > into[id]!) into[id] = units
    if (units > any) any = units
  }
  return { into, outOf, any }
}

/**
 * States without a way to the hub reach only such states, so a way from one is shorter than all moves among them
 * together; likewise for those without a way from it.
 */
function throughHub(tables: ProofTables, set: WeightSet, moves: LongestMoves, hub: number): number {
  const from = timesFrom(tables, hub, set.ways, 0)
  const to = timesFrom(tables, hub, set.ways, 1)
  const cutOff = Math.max(movesAmong(tables, set.inUnits, from), movesAmong(tables, set.inUnits, to))
  return Math.max(longest(to, moves.into) + longest(from, moves.outOf), cutOff + 2 * moves.any)
}

function longest(times: Uint32Array, ends: Uint32Array): number {
  let most = 0
  for (let v = 0; v < times.length; v++) {
    if (times[v]! < CLOSED && times[v]! + ends[v]! > most) most = times[v]! + ends[v]!
  }
  return most
}

/** Times from `hub` to all ids, u32 (PHAST, Delling et al. 2011); `bit` 1: from all ids to it. */
function timesFrom({ upFirst, upHead, parent }: ProofTables, hub: number, ways: Uint32Array, bit: number) {
  const times = new Uint32Array(parent.length).fill(CLOSED)
  times[hub] = 0
  for (let v = hub; v >= 0; v = parent[v]!) {
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++) {
      times[upHead[e]!] = Math.min(times[upHead[e]!]!, times[v]! + ways[2 * e + bit]!)
    }
  }
  for (let v = 0, e = 0; v < times.length; v++) {
    let least = times[v]!
    for (const end = upFirst[v + 1]!; e < end; e++) {
      const time = times[upHead[e]!]! + ways[2 * e + 1 - bit]!
      if (time < least) least = time
    }
    times[v] = least
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
