import { arcHead, arcTail, type StreetTable } from '../street-table.ts'

/** Bit of a turn triple: the rule names the only way on, else one that is forbidden. */
const ONLY = 1
/** Bit of a turn triple: the rule goes on with the next triple (it runs over a whole street between). */
const GOES_ON = 2

/**
 * One turn rule: `arcs` driven one after the other, the last of them forbidden (`only` false) or, once on the way,
 * each of them the only one allowed. Two arcs are a rule at a junction; more are a rule over streets between.
 */
export interface TurnRule {
  readonly arcs: readonly number[]
  readonly only: boolean
}

/** Rules as the triples of `StreetTable.turns`. */
export function packTurns(rules: readonly TurnRule[]): Uint32Array {
  const triples: number[] = []
  for (const { arcs, only } of rules) {
    for (let i = 1; i < arcs.length; i++) {
      triples.push(arcs[i - 1]!, arcs[i]!, (only ? ONLY : 0) | (i + 1 < arcs.length ? GOES_ON : 0))
    }
  }
  return Uint32Array.from(triples)
}

/** All turn rules of a street table, in its order. */
export function turnRules({ turns }: Pick<StreetTable, 'turns'>): TurnRule[] {
  const rules: TurnRule[] = []
  let arcs: number[] = []
  for (let i = 0; i + 2 < turns.length; i += 3) {
    if (arcs.length === 0) arcs.push(turns[i]!)
    arcs.push(turns[i + 1]!)
    if (turns[i + 2]! & GOES_ON) continue
    rules.push({ arcs, only: (turns[i + 2]! & ONLY) !== 0 })
    arcs = []
  }
  return rules
}

/** Whether the triples are rules over arcs that follow each other: for tables that somebody sent. */
export function turnsFit(streets: StreetTable): boolean {
  const { turns } = streets
  const arcs = streets.tail.length * 2
  if (turns.length % 3 !== 0) return false
  let before = -1
  for (let i = 0; i < turns.length; i += 3) {
    const [from, to, bits] = [turns[i]!, turns[i + 1]!, turns[i + 2]!]
    if (from >= arcs || to >= arcs || bits > 3 || (before >= 0 && from !== before)) return false
    if (arcHead(streets, from) !== arcTail(streets, to)) return false
    before = bits & GOES_ON ? to : -1
  }
  return before < 0
}
