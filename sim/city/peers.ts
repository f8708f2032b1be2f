import { NO_IDLE_CREDIT } from '@hexhail/matcher/assign/idle-credit.ts'
import type { AssignProblem } from '@hexhail/matcher/assign/problem.ts'
import { solve } from '@hexhail/matcher/assign/solve.ts'
import { createEpochBook, type OpenRide } from '@hexhail/matcher/epoch/book.ts'
import { epochAt, epochLengthMs } from '@hexhail/matcher/epoch/clock.ts'
import { collectEpoch } from '@hexhail/matcher/epoch/collect.ts'
import { moveGroups } from '@hexhail/matcher/handover/move-groups.ts'
import { HANDOVER_RULE, openRides, withRides } from '@hexhail/matcher/handover/with-rides.ts'
import type { Move } from '@hexhail/protocol/commit.ts'
import { createDriverDevices } from './driver-devices.ts'
import { EVENT } from './event-hash.ts'
import { createRiderDevices, type RiderDevices } from './rider-devices.ts'
import { createSimNetwork } from './sim-network.ts'
import { createSimVault } from './sim-vault.ts'
import { driverOf, riderOf, type Town } from './town.ts'
import type { Matchmaker, World } from './world.ts'

const TICK_MS = 2_000
/** What is solved until every epoch is over. */
const TAIL_MS = 600_000
/** A commit holds for the guard and this. */
const HOLD_MS = 5_000
/** What a driver adds to the road time that he promises, in medians of the latency: his commit is held before he drives. */
const SLACK_LATENCIES = 3

/** Peers without a dispatcher, on the matcher's own code: each view hears what reaches it, and solves that. */
export function peers(world: World, isHandover: boolean): Matchmaker & { readonly town: Town } {
  const { clock, scenario } = world
  const network = createSimNetwork(world)
  const town: Town = {
    world,
    network,
    books: Array.from({ length: network.views }, () => createEpochBook()),
    credit: scenario.protocol.idleCredit ?? NO_IDLE_CREDIT,
    handover: isHandover ? (scenario.protocol.handover ?? HANDOVER_RULE) : null,
    patienceDs: 10 * scenario.behaviour.pickupS,
    counts: { refusals: 0, declines: 0, swaps: 0, undone: 0 },
    times: () => ({
      holdMs: HOLD_MS + network.guardMs(),
      slackMs: Math.ceil(SLACK_LATENCIES * network.medianMs()),
    }),
  }
  const { books, handover, credit } = town
  const drivers = createDriverDevices(town, { committed: commit => riders.committed(commit) })
  const vault = createSimVault(town, {
    held: commit => {
      riders.held(commit)
      drivers.held(commit)
    },
  })
  const riders: RiderDevices = createRiderDevices(town, {
    drivers: () => drivers,
    hold: vault.hold,
    idleDrivers: () => world.drivers.filter(world.isIdle).length,
  })

  /** Views that heard the same need not solve it twice. */
  let last: { readonly problem: AssignProblem; readonly driverOf: Int32Array } | null = null
  const solved = (problem: AssignProblem): Int32Array => {
    if (last === null || !isSame(last.problem, problem)) last = { problem, driverOf: solve(problem).driverOf }
    return last.driverOf
  }
  const solveView = (view: number, endMs: number, lengthMs: number): void => {
    const book = books[view]!
    const epoch = epochAt(endMs - 1, lengthMs)
    const rides: readonly OpenRide[] = handover === null ? [] : book.rides()
    const open = handover === null ? [] : openRides(epoch, rides, handover)
    const heard = book.heard(epoch, open)
    const input = handover === null ? heard : withRides(epoch, heard, rides, handover, credit)
    const problem = collectEpoch(epoch, input, credit)
    if (problem.verdict !== 'accept') throw new Error(`A view's problem is refused: ${problem.code}.`)
    if (problem.value.riders.length === 0) return
    const best = solved(problem.value)
    world.hash.note(clock.nowMs, EVENT.solved, view, problem.value.weight.length)
    for (const moves of moveGroups(problem.value, best, open))
      for (const move of moves) act(view, epoch.number, move, moves)
  }
  const act = (view: number, epoch: number, { request, from, to }: Move, moves: readonly Move[]): void => {
    const [driver, rider] = [driverOf(town, to), riderOf(town, request)]
    if (network.viewOf(driver.id) === view) drivers.take(driver, { epoch, request, moves })
    if (from === null && moves.length === 1 && network.viewOf(rider.id) === view && rider.stage === 'waits')
      riders.expect(rider, to)
  }
  const tick = (): void => {
    const endMs = clock.nowMs
    books.forEach((book, view) => {
      const lengthMs =
        handover === null ? epochLengthMs(book.pickupDs(), network.guardMs()) : HANDOVER_EPOCH_MS
      if (endMs % lengthMs === 0) clock.at(endMs + network.guardMs(), () => solveView(view, endMs, lengthMs))
      if (handover === null) return
      const nextMs = endMs + TICK_MS
      if (nextMs % HANDOVER_EPOCH_MS === 0)
        clock.at(nextMs - SAY_BEFORE_MS, () => drivers.sayDriving(view, nextMs))
    })
    if (endMs < 1000 * scenario.measure.untilS + TAIL_MS) clock.at(endMs + TICK_MS, tick)
  }
  clock.at(TICK_MS, tick)
  return { town, asks: riders.asks, isFree: drivers.isFree, isGone: riders.isGone }
}

/** With handover nothing is lost by waiting: whoever is given too early is given anew. */
const HANDOVER_EPOCH_MS = 8_000
/** Driving drivers say where they could be so long before an epoch's end. */
const SAY_BEFORE_MS = 500

function isSame(a: AssignProblem, b: AssignProblem): boolean {
  const same = (x: ArrayLike<unknown>, y: ArrayLike<unknown>): boolean => {
    if (x.length !== y.length) return false
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false
    return true
  }
  return (
    a.epoch === b.epoch &&
    same(a.weight, b.weight) &&
    same(a.driver, b.driver) &&
    same(a.riders, b.riders) &&
    same(a.drivers, b.drivers) &&
    same(a.from, b.from) &&
    same(a.patience, b.patience)
  )
}
