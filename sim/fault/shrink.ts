import { type RunInit, runSeed } from './run.ts'
import { FAULTS, type Fault } from './swarm.ts'

/** Makes a broken run smaller while it stays broken: fewer kinds of faults, then fewer trips, then a shorter chaos. */
export async function shrink(init: RunInit): Promise<RunInit> {
  let small = init
  const keep = async (smaller: RunInit): Promise<boolean> => {
    if ((await runSeed(smaller)).violations.length === 0) return false
    small = smaller
    return true
  }
  for (const fault of FAULTS)
    await keep({ ...small, without: new Set<Fault>([...(small.without ?? []), fault]) })
  while (small.trips > 1 && (await keep({ ...small, trips: small.trips - 1 })));
  for (const chaosMin of [5, 10, 15]) if (await keep({ ...small, chaosMin })) break
  return small
}
