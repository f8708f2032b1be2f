/**
 * The trip as data: which event leads from which state to which. Types, the picture in ARCHITECTURE.md, the reducers,
 * the tests and each app's screens come from this one table. Losing the connection is no event.
 */
export const TRIP = {
  requested: { offer: 'offered', expire: 'expired', withdraw: 'withdrawn' },
  offered: {
    offer: 'offered',
    lapse: 'requested',
    select: 'selected',
    expire: 'expired',
    withdraw: 'withdrawn',
  },
  selected: { hold: 'held', decline: 'offered', lapse: 'offered', withdraw: 'withdrawn' },
  held: {
    arrive: 'arrived',
    start: 'riding',
    settle: 'settled',
    cancel: 'cancelled',
    release: 'released',
    noShow: 'noShow',
    claim: 'claimed',
    unhold: 'selected',
  },
  arrived: {
    start: 'riding',
    settle: 'settled',
    cancel: 'cancelled',
    release: 'released',
    noShow: 'noShow',
    claim: 'claimed',
    unhold: 'selected',
  },
  riding: {
    stop: 'stopped',
    change: 'changed',
    finish: 'finished',
    settle: 'settled',
    claim: 'claimed',
    release: 'released',
    cancel: 'cancelled',
  },
  stopped: {
    resume: 'riding',
    finish: 'finished',
    settle: 'settled',
    claim: 'claimed',
    release: 'released',
    cancel: 'cancelled',
  },
  changed: {
    agree: 'riding',
    refuse: 'riding',
    finish: 'finished',
    settle: 'settled',
    claim: 'claimed',
    release: 'released',
    cancel: 'cancelled',
  },
  finished: { settle: 'settled', claim: 'claimed', release: 'released', cancel: 'cancelled' },
  // A signed receipt beats a one-sided close: the vault settles open cases too.
  cancelled: { claim: 'claimed', settle: 'settled', close: 'closed' },
  noShow: { contest: 'contested', settle: 'settled', close: 'closed' },
  claimed: { contest: 'contested', settle: 'settled', close: 'closed' },
  contested: { rule: 'ruled', close: 'closed' },
  settled: {},
  released: {},
  ruled: {},
  closed: {},
  expired: {},
  withdrawn: {},
} as const satisfies Record<string, Record<string, string>>

/** A state of the trip. */
export type TripState = keyof typeof TRIP
/** Every event name in the table. */
export type TripEvent = { [S in TripState]: keyof (typeof TRIP)[S] }[TripState]

/** The state after an event, or null when the table has no such step. */
export function next(state: TripState, event: TripEvent): TripState | null {
  const row: Readonly<Record<string, TripState>> = TRIP[state]
  return row[event] ?? null
}

/** States from which nothing leads on. */
export const ENDED: ReadonlySet<TripState> = new Set(
  (Object.keys(TRIP) as TripState[]).filter(state => Object.keys(TRIP[state]).length === 0),
)

/** States whose money waits in the vault for a word or for a day: the ride itself is over and both may go on. */
export const CASES: ReadonlySet<TripState> = new Set<TripState>([
  'cancelled',
  'noShow',
  'claimed',
  'contested',
])

/** States in which the vault holds money for the trip. */
export const MONEY: ReadonlySet<TripState> = new Set<TripState>([
  'held',
  'arrived',
  'riding',
  'stopped',
  'changed',
  'finished',
  'cancelled',
  'noShow',
  'claimed',
  'contested',
])

/** The events that only the chain may report: the app never takes them from a person or a peer. */
export const CHAIN_EVENTS: ReadonlySet<TripEvent> = new Set<TripEvent>([
  'hold',
  'unhold',
  'settle',
  'cancel',
  'release',
  'noShow',
  'claim',
  'contest',
  'rule',
  'close',
])

/** Deadlines of the protocol, seconds. Sources: reference peers 5 and 6. */
export const DEADLINE_S = {
  request: 120,
  widen: 2,
  offer: 45,
  accept: 60,
  freeWait: 120,
  finalReceipt: 45,
  cancelAnswer: 20,
  stopped: 600,
  rideMin: 7_200,
  challenge: 86_400,
} as const
