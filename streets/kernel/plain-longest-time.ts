import { MOST_IDS } from '../labels/separator-tree.ts'
import { type KernelTables, NONE } from './kernel-tables.ts'
import { CLOSED } from './label-kernel.ts'
import type { WeightSet } from './weight-set.ts'

/** Up to eight ids spread over the top separator, to be tried by `longestTime`. */
export function hubsOf({ chainIds, spotOf, cellParent }: KernelTables): number[] {
  const isOnTop = (id: number): boolean => cellParent[Math.floor(spotOf[id]! / MOST_IDS)] === 0
  const below = chainIds.findIndex(id => !isOnTop(id))
  const chain = [...chainIds.subarray(0, below < 0 ? chainIds.length : below)]
  const step = Math.max(1, Math.ceil(chain.length / 8))
  return chain.filter((_, i) => i % step === 0)
}

/**
 * A bound, in units, that no finite time exceeds (`CLOSED` at most): between two states, with what a driver has left of
 * a move or of an arc to the first one before it, and what a goal may lie behind the second one after it: as much as
 * the longest move out of it or arc that is entered there. The longest way to `hub` and the longest way from it bound
 * every way between states that have both. States without a way to the hub reach only such states, so a way from one is
 * shorter than all moves among them together; likewise for those without a way from it.
 */
export function longestTime(tables: KernelTables, set: WeightSet, hub: number): number {
  const to = timesFrom(tables, hub, set.ways, 1)
  const from = timesFrom(tables, hub, set.ways, 0)
  const { rests, adds, longest } = endsOf(tables, set)
  const lost = Math.max(movesAmong(tables, set.inUnits, to), movesAmong(tables, set.inUnits, from))
  return Math.min(CLOSED, Math.max(most(to, rests) + most(from, adds), lost + 2 * longest))
}

/** Longest that comes before each id, and after it. */
function endsOf(tables: KernelTables, { inUnits, arcUnits }: WeightSet) {
  const { firstIn, inTail, endId, entryFirst, entryId, isTurns } = tables
  const states = firstIn.length - 1
  const rests = new Uint32Array(states)
  const adds = new Uint32Array(states)
  let longest = 0
  for (let v = 0; v < states; v++) {
    for (let i = firstIn[v]!; i < firstIn[v + 1]!; i++) {
      const units = inUnits[i]!
      if (units >= CLOSED) continue
      const tail = inTail[i]!
      rests[v] = Math.max(rests[v]!, units)
      adds[tail] = Math.max(adds[tail]!, units)
      longest = Math.max(longest, units)
    }
  }
  for (let a = 0; a < endId.length; a++) {
    const end = endId[a]!
    if (end === NONE) continue
    const units = arcUnits[a]!
    rests[end] = Math.max(rests[end]!, units)
    longest = Math.max(longest, units)
    // In the turn model the adds of both arcs are raised by what is left of either.
    const add = isTurns && endId[a ^ 1] !== NONE ? Math.max(units, arcUnits[a ^ 1]!) : units
    for (let i = entryFirst[a]!; i < entryFirst[a + 1]!; i++)
      adds[entryId[i]!] = Math.max(adds[entryId[i]!]!, add)
  }
  return { rests, adds, longest }
}

function most(times: Uint32Array, ends: Uint32Array): number {
  let longest = 0
  for (let v = 0; v < times.length; v++)
    if (times[v]! < CLOSED) longest = Math.max(longest, times[v]! + ends[v]!)
  return longest
}

/** Times from `hub` to all ids (PHAST, Delling et al. 2011); `bit` 1: from all ids to it. */
function timesFrom({ upFirst, upHead }: KernelTables, hub: number, ways: Uint32Array, bit: number) {
  const times = new Uint32Array(upFirst.length - 1).fill(CLOSED)
  times[hub] = 0
  // The deepest head of an id is its parent, where it has any.
  for (let v = hub; ; v = upHead[upFirst[v + 1]! - 1]!) {
    for (let e = upFirst[v]!; e < upFirst[v + 1]!; e++)
      times[upHead[e]!] = Math.min(times[upHead[e]!]!, times[v]! + ways[2 * e + bit]!)
    if (upFirst[v] === upFirst[v + 1]) break
  }
  for (let v = 0, e = 0; v < times.length; v++) {
    let least = times[v]!
    for (const end = upFirst[v + 1]!; e < end; e++)
      least = Math.min(least, times[upHead[e]!]! + ways[2 * e + 1 - bit]!)
    times[v] = least
  }
  return times
}

/** Sum of the open moves between ids whose time is none. */
function movesAmong({ firstIn, inTail }: KernelTables, inUnits: Uint32Array, times: Uint32Array): number {
  let sum = 0
  for (let v = 0; v < times.length; v++) {
    if (times[v]! < CLOSED) continue
    for (let i = firstIn[v]!; i < firstIn[v + 1]!; i++)
      if (times[inTail[i]!]! >= CLOSED && inUnits[i]! < CLOSED) sum += inUnits[i]!
  }
  return sum
}
