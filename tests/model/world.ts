/** Both sides, the letters between them and the chain as one: five numbers a state, and all that can happen next. */
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { riderStart } from '@hexhail/protocol/rider.ts'
import type { RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { type ChainWorld, createChain } from './chain.ts'
import { driverSide } from './driver-side.ts'
import { hostileCalls, hostileLetters, hostileRidersCalls } from './hostile.ts'
import { createMachine, type Letter, type Machine, type Outcome } from './machine.ts'
import { createPool, type Pool } from './pool.ts'
import { riderSide } from './rider-side.ts'
import type { Parts, Scenario } from './scenario.ts'
import { CAR, SHIFT, toldOffer } from './script.ts'
import {
  BALANCE,
  createReceipts,
  createTermsBook,
  DRIVERS,
  MADE,
  offerOf,
  PLAN,
  RIDER,
  SESSION,
  type TermsBook,
  TIMES_MS,
  TIMES_S,
  TRIP_RULES,
} from './setting.ts'

/** A joint state: numbers of the rider's and the driver's process, of the letters sent, of the chain, and the moment. */
export type Row = readonly [rider: number, driver: number, letters: number, chain: number, moment: number]

/** One thing that can happen. */
export interface Move {
  readonly label: string
  readonly row: Row
  readonly faults: readonly string[]
}

/** A world to search. */
export interface World {
  readonly scenario: Scenario
  readonly book: TermsBook
  readonly chain: ChainWorld
  readonly letters: Pool<Letter>
  /** Null where the rider keeps to no rule. */
  readonly rider: Machine<RiderState, RiderEvent> | null
  /** Null where the driver keeps to no rule. */
  readonly driver: Machine<DriverState, DriverEvent> | null
  readonly start: Row
  /** All that can happen. */
  moves(row: Row): Move[]
  /** Where one side can come with the other silent and a sound chain, also after the last moment of the search. */
  alone(row: Row, who: 'rider' | 'driver'): Row[]
}

/** Builds the world of a scenario. */
export function createWorld(scenario: Scenario, parts: Parts = {}): World {
  const { habits, hostile, untilMoment } = scenario
  const book = createTermsBook()
  const letters = createPool<Letter>()
  const mailbags = createPool<readonly number[]>(ids => ids.join())
  const chain = createChain({
    rules: { tariff: TRIP_RULES.tariff, termsOf: book.termsOf },
    balance: BALANCE,
    timesS: TIMES_S,
    mostReorgs: scenario.mostReorgs,
    ...(parts.vault && { answer: parts.vault }),
  })
  const shared = { letters, receipts: createReceipts(), chain, timesMs: TIMES_MS }
  const ridersMachine = createMachine(riderSide(book, habits, parts.rider), shared)
  const driversMachine = createMachine(driverSide(book, habits, parts.driver), shared)
  const rider = hostile === 'rider' ? null : ridersMachine
  const drive = hostile === 'driver' ? null : driversMachine

  const begun = riderStart(PLAN, MADE, TIMES_MS[0]!).state
  const offers = [0, ...(scenario.twoOffers ? [1] : [])].map(offerOf)
  const riderFirst = ridersMachine.begin({ ...begun, phase: 'offered', offers })
  const online: DriverEvent = { type: 'online', online: true, shift: SHIFT }
  const driverIdle = driver(driverStart(DRIVERS[0]!, CAR), online, TIMES_MS[0]!, TRIP_RULES).state
  const driverFirst = driversMachine.begin(toldOffer(driverIdle))

  const merge = createMerge(mailbags)
  /** The joint state after a step of one side. */
  const after = (row: Row, who: 0 | 1, step: Outcome): Move => {
    const next: [number, number, number, number, number] = [...row]
    next[who] = step.process
    next[2] = merge(row[2], step.letters)
    const calls = [...step.calls]
    if (step.letters.length && (hostile || scenario.twoOffers))
      calls.push(
        ...step.letters.flatMap(id => hostileCalls(letters.at(id), scenario, book).map(chain.calls.id)),
      )
    if (calls.length) next[3] = chain.send(row[3], calls)
    return { label: step.label, row: next, faults: step.faults }
  }

  const choices = (row: Row): Move[] => {
    const state = ridersMachine.stateOf(row[0])
    if (state.phase !== 'offered') return []
    const { lanes } = chain.vaultOf(chain.chains.at(row[3]).log)
    let lane = 0
    while ((lanes[lane]?.held ?? 0n) > 0n) lane += 2
    const seq = lanes[lane]?.seq ?? 0n
    return state.offers
      .filter(offer => offer.expiresAtMs > TIMES_MS[row[4]]!)
      .map(({ tag }) => {
        const event: RiderEvent = { type: 'choose', tag, rider: RIDER, session: SESSION, lane, seq }
        const label = `rider: choose ${tag.slice(0, 2)} lane ${lane} seq ${seq}`
        return after(row, 0, ridersMachine.dispatch(row[0], label, event, row[4]))
      })
  }

  /** What one side can do with the other silent and a sound chain, the quickest ways out first. */
  const alone = (row: Row, who: 'rider' | 'driver'): Row[] => {
    const [r, d, mail, chainId, moment] = row
    const { log, reorgs } = chain.chains.at(chainId)
    const out: Row[] = []
    for (const [, next] of chain.moves(chainId, moment)) {
      const now = chain.chains.at(next)
      if (now.reorgs !== reorgs) continue
      const { by } = chain.calls.at(chain.entries.at(now.log.at(-1)!).call)
      if ((by === RIDER) === (who === 'rider')) out.push([r, d, mail, next, moment])
    }
    const at = who === 'rider' ? 0 : 1
    const machine = who === 'rider' ? ridersMachine : driversMachine
    const told = machine.follow(row[at], log, chainId, moment)
    if (told) out.push(after(row, at, told).row)
    for (const step of machine.moves(row[at], moment)) out.push(after(row, at, step).row)
    if (moment < TIMES_MS.length - 1) out.push([r, d, mail, chainId, moment + 1])
    return out
  }

  const moves = (row: Row): Move[] => {
    const [r, d, mail, chainId, moment] = row
    const { log } = chain.chains.at(chainId)
    const out: Move[] = []
    if (rider) {
      for (const step of rider.moves(r, moment)) out.push(after(row, 0, step))
      const told = rider.follow(r, log, chainId, moment)
      if (told) out.push(after(row, 0, told))
      out.push(...choices(row))
    }
    if (drive) {
      for (const step of drive.moves(d, moment)) out.push(after(row, 1, step))
      const told = drive.follow(d, log, chainId, moment)
      if (told) out.push(after(row, 1, told))
    }
    for (const letter of mailbags.at(mail)) {
      const toRider = rider?.hear(r, letter, moment)
      if (toRider) out.push(after(row, 0, toRider))
      const toDriver = drive?.hear(d, letter, moment)
      if (toDriver) out.push(after(row, 1, toDriver))
    }
    for (const [label, next] of chain.moves(chainId, moment))
      out.push({ label, row: [r, d, mail, next, moment], faults: [] })
    if (moment < untilMoment)
      out.push({ label: 'time passes', row: [r, d, mail, chainId, moment + 1], faults: [] })
    return out.filter(move => move.row.some((id, at) => id !== row[at]) || move.faults.length > 0)
  }

  const bag = mailbags.id(
    hostileLetters(scenario, book)
      .map(letters.id)
      .sort((a, b) => a - b),
  )
  const empty = chain.chains.id({ log: [], calls: [], reorgs: 0 })
  const first = hostile === 'rider' ? chain.send(empty, hostileRidersCalls(book).map(chain.calls.id)) : empty
  return {
    scenario,
    book,
    chain,
    letters,
    rider,
    driver: drive,
    start: [hostile === 'rider' ? 0 : riderFirst, hostile === 'driver' ? 0 : driverFirst, bag, first, 0],
    moves,
    alone,
  }
}

/** Adds letters to a bag. A letter once sent may come at any time, twice, or never: so a bag only grows. */
function createMerge(mailbags: Pool<readonly number[]>) {
  const memo = new Map<string, number>()
  return (bag: number, more: readonly number[]): number => {
    if (more.length === 0) return bag
    const key = `${bag}:${more}`
    let found = memo.get(key)
    if (found === undefined) {
      found = mailbags.id([...new Set([...mailbags.at(bag), ...more])].sort((a, b) => a - b))
      memo.set(key, found)
    }
    return found
  }
}
