/** What can stand in a lane. */
export interface Waiting {
  readonly lane: string
}

/** Runs those of one lane one after the other and the lanes side by side. `run` gets each with its place in the list. */
export async function runLanes<T extends Waiting>(
  lanes: readonly T['lane'][],
  all: readonly T[],
  run: (one: T, place: number) => Promise<void>,
): Promise<void> {
  const runLane = async (lane: string): Promise<void> => {
    for (const [place, one] of all.entries()) {
      if (one.lane === lane) await run(one, place)
    }
  }
  await Promise.all(lanes.map(runLane))
}
