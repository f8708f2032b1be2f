/** What is searched: who is honest, what people do, and how much may go wrong. */
import type { driver } from '@hexhail/protocol/driver.ts'
import type { rider } from '@hexhail/protocol/rider.ts'
import type { callVault } from '@hexhail/sim/fault/vault.ts'

/** What people and their machines do in a search. */
export interface Habits {
  readonly withdraws: boolean
  readonly cancels: boolean
  readonly contests: boolean
  readonly tips: boolean
  readonly releases: boolean
  readonly claims: boolean
  readonly clears: boolean
  readonly endsEarly: boolean
  readonly wrongPins: boolean
  /** A process dies after an effect and before it has noted that it is done. */
  readonly crashes: boolean
  /** The node of the chain says no, whether it took the transaction or not. */
  readonly rpcFails: boolean
}

/** One search. */
export interface Scenario {
  readonly name: string
  readonly habits: Habits
  /** Where the search begins: the driver was asked and the rider may choose, or he stands at the door of a held trip. */
  readonly from: 'offered' | 'door'
  /** A side that keeps to no rule: all its words and transactions may come at any time. */
  readonly hostile: 'rider' | 'driver' | null
  /** Whether another, hostile driver has made an offer as well. */
  readonly twoOffers: boolean
  readonly mostReorgs: number
  /** The last moment that is searched. */
  readonly untilMoment: number
  /** So many joint states are searched in `npm test`. */
  readonly states: number
}

/** Shipped parts that a planted bug replaces. */
export interface Parts {
  readonly rider?: typeof rider
  readonly driver?: typeof driver
  readonly vault?: typeof callVault
  /** The followers tell of holds that were only sent. */
  readonly tellsUnmined?: boolean
}

const NOTHING: Habits = {
  withdraws: false,
  cancels: false,
  contests: false,
  tips: false,
  releases: false,
  claims: false,
  clears: false,
  endsEarly: false,
  wrongPins: false,
  crashes: false,
  rpcFails: false,
}

const scenario = (
  name: string,
  more: Partial<Omit<Scenario, 'habits'>>,
  habits: Partial<Habits>,
): Scenario => ({
  name,
  from: 'offered',
  hostile: null,
  twoOffers: false,
  mostReorgs: 0,
  untilMoment: 4,
  states: 100_000,
  ...more,
  habits: { ...NOTHING, ...habits },
})

/** All searches, by name. */
export const SCENARIOS: readonly Scenario[] = [
  scenario('ride', { mostReorgs: 1, states: 600_000 }, { cancels: true, releases: true, claims: true }),
  scenario(
    'choice',
    { twoOffers: true, untilMoment: 3, states: 250_000 },
    { withdraws: true, cancels: true, releases: true, claims: true, rpcFails: true },
  ),
  scenario(
    'hostile driver',
    { hostile: 'driver', mostReorgs: 1, untilMoment: 6 },
    { cancels: true, contests: true },
  ),
  scenario(
    'hostile rider',
    { hostile: 'rider', mostReorgs: 1, untilMoment: 5 },
    { releases: true, claims: true },
  ),
]
