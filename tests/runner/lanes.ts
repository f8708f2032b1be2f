/** What can stand in a lane. */
export interface Waiting {
  readonly name: string
  /** `any`: the lane that comes to it first takes it. */
  readonly lane: string
  /** The name of one that has to end first; one that is not there is not waited for. */
  readonly after?: string
}

/** Runs those of one lane one after the other and the lanes side by side. `run` gets each with its place in the list. */
export async function runLanes<T extends Waiting>(
  lanes: readonly string[],
  all: readonly T[],
  run: (one: T, place: number) => Promise<void>,
): Promise<void> {
  const ends = new Map(all.map(({ name }) => [name, Promise.withResolvers<void>()]))
  const taken = new Set<T>()
  const runLane = async (lane: string): Promise<void> => {
    for (const [place, one] of all.entries()) {
      if ((one.lane !== lane && one.lane !== 'any') || taken.has(one)) continue
      taken.add(one)
      if (one.after !== undefined) await ends.get(one.after)?.promise
      await run(one, place)
      ends.get(one.name)!.resolve()
    }
  }
  await Promise.all(lanes.map(runLane))
}
