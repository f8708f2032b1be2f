import type { Assignment } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { type Hint, hintOf } from '@hexhail/matcher/epoch/check-hint.ts'
import { epochAt, LONGEST_EPOCH_MS } from '@hexhail/matcher/epoch/clock.ts'
import { problemOfBook } from '@hexhail/matcher/epoch/solve-book.ts'
import { HINT } from '@hexhail/protocol/epoch-messages.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { openDoubleCommits } from './double-commits.ts'
import { createRecords } from './driver-records.ts'
import { areaRule, createEpochArea } from './epoch-area.ts'
import type { ClientPorts } from './ports.ts'
import { sayInAreas } from './say-in-areas.ts'

/** A solved epoch of an area, with all that somebody needs to check it. */
export interface Batch extends Pick<Assignment, 'driverOf' | 'priceOf' | 'costDs'> {
  readonly area: string
  readonly epoch: number
  /** Names, in the order that the others go by. */
  readonly riders: readonly string[]
  readonly drivers: readonly string[]
}

/** What a matcher node does for an area. */
export interface HintArea {
  /** The last epoch in which somebody waited. */
  readonly last: Batch | null
  stop(): void
}

/** What a matcher node needs of the world: it has neither wallet nor streets. */
type HintPorts = Pick<
  ClientPorts,
  'leaf' | 'chainId' | 'reader' | 'store' | 'rules' | 'now' | 'every' | 'report'
>

/** Epochs are looked at this often, ms. */
const LOOK_MS = 100

/**
 * Hears the signed words of an area (a res-5 cell), solves each epoch that all devices end together, and hints. It does so
 * at half the guard, so that the hint is there when devices solve at the whole: where a word came in between, it proves
 * nothing, and they solve it themselves. One hint each eight seconds is what one key may say in a topic.
 */
export async function createHintArea(
  ports: HintPorts,
  area: string,
  hinted: (hint: Hint) => void = () => {},
): Promise<HintArea> {
  const { rules, now, every, report, leaf, chainId } = ports
  const key = await createSessionKey()
  const market = createEpochArea(ports, createRecords(ports), await openDoubleCommits(ports.store), {})
  let last: Batch | null = null
  let solvedMs = now()
  market.follow([area])

  const say = async (hint: Hint): Promise<void> => {
    await sayInAreas({ leaf, chainId, now }, key, [area], HINT, { area, ...hint })
    hinted(hint)
  }
  const look = (): void => {
    const { startMs } = epochAt(now() - market.clock.guardMs() / 2, LONGEST_EPOCH_MS)
    const epoch = epochAt(startMs - 1, LONGEST_EPOCH_MS)
    if (epoch.endMs <= solvedMs) return
    solvedMs = epoch.endMs
    const made = problemOfBook(market.book, epoch, areaRule(rules))
    if (made === null) return
    const { riders, drivers } = made.problem
    const { driverOf, priceOf, costDs } = solve(made.problem)
    last = { area, epoch: epoch.number, riders, drivers, driverOf, priceOf, costDs }
    const hint = hintOf(made.problem, last)
    // One who waits alone is given his nearest driver: there is nothing to save.
    if (riders.length > 1 && hint !== null) void say(hint).catch(report)
  }
  const stopLooks = every(LOOK_MS, look)
  return {
    get last() {
      return last
    },
    stop: () => {
      stopLooks()
      market.stop()
    },
  }
}
