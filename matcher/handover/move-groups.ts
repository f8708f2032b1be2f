import type { Move } from '@hexhail/protocol/commit.ts'
import type { AssignProblem } from '../assign/problem.ts'
import type { OpenRide } from '../epoch/book.ts'

/** What a solution changes, in groups that hang together by a driver who leaves one rider for another; moves by rider's id. */
export function moveGroups(
  { riders, drivers }: AssignProblem,
  driverOf: ArrayLike<number>,
  rides: readonly OpenRide[],
): Move[][] {
  const had = new Map(rides.map(({ request, driver }) => [request, driver]))
  const moves = riders.flatMap((request, r): Move[] => {
    const to = driverOf[r] === -1 ? undefined : drivers[driverOf[r]!]
    const from = had.get(request) ?? null
    return to === undefined || to === from ? [] : [{ request, from, to }]
  })
  const groupOf = new Map<Move, Move[]>()
  const leaving = new Map(moves.filter(m => m.from !== null).map(m => [m.from!, m]))
  for (const move of moves) {
    if (groupOf.has(move)) continue
    const group: Move[] = []
    let at: Move | undefined = move
    while (at !== undefined && !groupOf.has(at)) {
      groupOf.set(at, group)
      group.push(at)
      at = leaving.get(at.to)
    }
    // The chain ran into one that was begun further on: they are one.
    const rest = at === undefined ? group : groupOf.get(at)!
    if (rest === group) continue
    for (const m of group) groupOf.set(m, rest)
    rest.push(...group)
  }
  const byRider = (a: Move, b: Move): number => (a.request < b.request ? -1 : 1)
  return [...new Set(groupOf.values())].map(group => group.sort(byRider))
}
