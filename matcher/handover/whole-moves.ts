import type { Move } from '@hexhail/protocol/commit.ts'

/**
 * Of a group the moves that can be made when only some are agreed on: the most of them in which every driver who leaves a
 * rider leaves him to somebody. A rotation is made whole or not at all; of a chain that begins with a free driver, what
 * comes before the first gap.
 */
export function wholeMoves(group: readonly Move[], isAgreed: (move: Move) => boolean): Move[] {
  let made = group.filter(isAgreed)
  for (;;) {
    const leftTo = new Set(made.map(({ from }) => from))
    const stays = new Set(group.map(({ from }) => from).filter(from => from !== null && !leftTo.has(from)))
    const rest = made.filter(({ to }) => !stays.has(to))
    if (rest.length === made.length) return made
    made = rest
  }
}
