/** A graph made up from numbers 0..1: moves with ties in their times, one-way, parallel, in place, and loose parts. */
export interface MadeUpGraph {
  readonly model: 'turns' | 'junctions'
  readonly states: number
  readonly firstOut: Uint32Array
  readonly head: Uint32Array
  readonly ties: Uint32Array
  readonly xy: Int32Array
  readonly weights: Uint32Array
  /** It has no streets. */
  readonly endState: Uint32Array
  readonly entryFirst: Uint32Array
  readonly entryStates: Uint32Array
}

/** Some moves between states that lie anywhere. */
export function randomGraph(states: number, moves: number, rng: () => number): MadeUpGraph {
  const any = (below: number): number => Math.floor(rng() * below)
  const rows: [number, number][][] = Array.from({ length: states }, () => [])
  for (let m = 0; m < moves; m++) {
    const from = any(states)
    const to = rng() < 0.8 ? Math.min(states - 1, from + any(4)) : any(states)
    const time = 1 + any(6)
    rows[from]!.push([to, time])
    if (rng() < 0.5) rows[to]!.push([from, rng() < 0.5 ? time : 0])
  }
  const firstOut = new Uint32Array(states + 1)
  rows.forEach((row, s) => {
    firstOut[s + 1] = firstOut[s]! + row.length
  })
  return {
    model: 'turns',
    endState: new Uint32Array(),
    entryFirst: new Uint32Array(1),
    entryStates: new Uint32Array(),
    states,
    firstOut,
    head: Uint32Array.from(rows.flat(), ([to]) => to),
    weights: Uint32Array.from(rows.flat(), ([, time]) => time),
    ties: Uint32Array.from({ length: 2 * any(states) }, () => any(states)),
    xy: Int32Array.from({ length: 2 * states }, () => any(states) * 40 - 56_000_000),
  }
}
