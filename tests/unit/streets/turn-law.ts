import { turnRules } from '@hexhail/streets/graph/turn-rules.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'

/**
 * Whether the turn rules of a street table let a car that has driven some arcs go on over another, each rule read as it
 * stands. Of rules that begin alike, one that names the only way on outweighs those that forbid one.
 */
export function turnLaw(
  streets: Pick<StreetTable, 'turns'>,
): (driven: readonly number[], next: number) => boolean {
  const all = turnRules(streets)
  const rulesFrom = Map.groupBy(all, rule => rule.arcs[0]!)
  const longest = all.reduce((most, { arcs }) => Math.max(most, arcs.length), 0)
  return (driven, next) => {
    for (let first = Math.max(0, driven.length - longest); first < driven.length; first++) {
      const part = driven.slice(first)
      const begun = (rulesFrom.get(part[0]!) ?? []).filter(
        ({ arcs }) => arcs.length > part.length && part.every((arc, i) => arcs[i] === arc),
      )
      const only = begun.filter(rule => rule.only).map(({ arcs }) => arcs[part.length])
      const ends = begun.filter(({ arcs }) => arcs.length === part.length + 1).map(({ arcs }) => arcs.at(-1))
      if (only.length > 0 ? !only.includes(next) : ends.includes(next)) return false
    }
    return true
  }
}
