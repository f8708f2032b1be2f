import { followFacts } from '@hexhail/client/follow-facts.ts'
import { openPutAway } from '@hexhail/client/put-away.ts'
import { runRiderEffect } from '@hexhail/client/rider-effects.ts'
import { createRuntime, type RuntimeInit } from '@hexhail/client/runtime.ts'
import type { Session } from '@hexhail/client/session.ts'
import { SLOTS } from '@hexhail/client/trip-slots.ts'
import { e7 } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import { concerns } from '@hexhail/protocol/rider-promise.ts'
import type { RidePlan, RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import type { Hex, Receipt } from '@hexhail/protocol/terms.ts'
import { CASES, ENDED } from '@hexhail/protocol/trip.ts'
import type { Seeded } from '../seeded.ts'
import type { FaultyDisk } from './disk.ts'
import { accountOf } from './keys.ts'
import { forgetful } from './planted.ts'
import type { Process } from './process.ts'
import { createRiderPerson, type Whims } from './rider-person.ts'
import { openPorts, type Stage } from './stage.ts'
import { createSimTalk } from './talk.ts'

/** A simulated rider with one trip. */
export interface SimRider {
  readonly name: string
  readonly account: Hex
  readonly process: Process
  readonly disk: FaultyDisk
  readonly plan: RidePlan
  /** His session key. */
  readonly key: Hex
  /** Tells his program what it hears in the epochs; nothing while it is down. */
  tell(event: RiderEvent): void
  /** The trip as the running program knows it; null before it and while the program is down. */
  trip(): RiderState | null
  /** True once the person has nothing more to do: no money of his is under way. */
  isDone(): boolean
}

const KEY = 'rider/trip'
const CLOSED = 'rider/closed'
const CLOSE_MS = 20_000
const TICK_MS = 3_000
const LATE_TICK_MS = 60_000
const CASE_MS = 600_000

/** Puts a rider on the stage; his program asks for the ride when it first starts. */
export function createSimRider(
  stage: Stage,
  {
    name,
    process,
    disk,
    seeded,
    plan,
    whims,
  }: {
    name: string
    process: Process
    disk: FaultyDisk
    seeded: Seeded
    plan: RidePlan
    whims: Whims
  },
): SimRider {
  const { world, rules, ledger, keys, tags, book } = stage
  const account = accountOf(name)
  const session: Session = {
    key: keys.session(`${name} talks`),
    sealKey: { publicKey: new Uint8Array(32) } as Session['sealKey'],
    receiptKey: keys.session(`${name} pays`),
  }
  const hex = (size: number): Hex => toHex(Uint8Array.from({ length: size }, () => seeded.below(256)))
  const made = { requestId: hex(16), secret: hex(32), salt: hex(32), pin: String(1000 + seeded.below(9000)) }
  let current: (() => RiderState) | null = null
  let told: ((event: RiderEvent) => void) | null = null
  /** The trip as it was when its rider put it away. */
  let closed: RiderState | null = null
  let isDone = false

  process.onStart(async () => {
    const report = () => {}
    const opened = await openPorts(stage, process, disk, account, seeded, report)
    const { ports } = opened
    const store = stage.bugs.has('notPersisted') ? forgetful(opened.store, key => key === KEY) : opened.store
    const talk = await createSimTalk({
      process,
      store,
      leaf: ports.leaf,
      role: 'rider',
      key: 'rider/talk',
      keyOf: tag => tags.get(tag)?.driver,
      seeded,
      report,
    })
    if (!(await store.get(KEY))) {
      const begun = riderStart(plan, made, process.now())
      await store.set(KEY, {
        state: begun.state,
        pending: begun.effects.map((effect, i) => ({ id: i + 1, effect })),
        nextId: 2,
      })
    }
    const { state } = (await store.get<{ state: RiderState }>(KEY))!
    /** The same looks, fewer of them once nothing new happens. */
    const every = (ms: number, run: () => void) => {
      let cancel = () => {}
      const again = () => {
        cancel = process.after(world.now() > stage.lateMs ? CASE_MS : ms, () => {
          again()
          run()
        })
      }
      again()
      return () => cancel()
    }
    const away = await openPutAway({ ...ports, store, every })
    closed = (await store.get<RiderState>(CLOSED)) ?? null
    const stops: (() => void)[] = [away.stop]
    const reduce = (before: RiderState, event: RiderEvent, nowMs: number) =>
      rider(before, event, nowMs, rules)
    const machine: RuntimeInit<RiderState, RiderEvent, RiderEffect> = {
      key: KEY,
      store,
      initial: state,
      now: process.now,
      report,
      reduce,
      run: async (effect, dispatch) => {
        world.note(`${name} ${effect.type}${effect.type === 'send' ? ` ${effect.message.name}` : ''}`)
        if (effect.type === 'signReceipt') noteReceipt(book, effect.receipt)
        const filing = { keep: async () => {}, run: async () => {}, stop: () => {} }
        const epoch = { confirm: async () => {} }
        const slot = SLOTS[0]!
        await runRiderEffect(
          { ports, session, talk, filing, epoch, slot, state: () => runtime.state.value },
          effect,
          dispatch,
        )
        if (stage.bugs.has('placeEarly') && effect.type === 'signTerms') await tellEarly(runtime.state.value)
      },
    }
    const runtime = await createRuntime(machine)
    const tellEarly = async ({ chosen, plan: { pickup, pickupName, dest, destName } }: RiderState) =>
      talk.send(chosen?.tag ?? '', {
        name: 'pickup',
        body: {
          ...{ lngE7: e7(pickup[0]), latE7: e7(pickup[1]), destLngE7: e7(dest[0]), destLatE7: e7(dest[1]) },
          ...{ pickupName, destName, rider: name, salt: new Uint8Array(32) },
        },
      })
    const isClosed = ({ requestId }: RiderState): boolean => requestId === closed?.requestId
    // What is over for good leaves those that are put away: how it ended is remembered here.
    away.state.subscribe(({ trips }) => {
      closed = trips.find(isClosed) ?? closed
      if (closed) void store.set(CLOSED, closed).catch(report)
    })
    current = () => closed ?? runtime.state.value
    const second = stage.bugs.has('twoLeaders') ? await createRuntime(machine) : null
    const dispatch = (event: RiderEvent) => {
      void runtime.dispatch(event).catch(report)
      void second?.dispatch(event).catch(report)
    }
    told = dispatch
    talk.onMessage(async heard => {
      await runtime.dispatch({ type: 'message', ...heard })
      await second?.dispatch({ type: 'message', ...heard })
    })
    stops.push(
      followFacts(ports.follower, {
        known: () => (closed ? [] : runtime.state.value.facts.map(({ fact }) => fact)),
        concerns: terms => !closed && concerns(runtime.state.value, terms),
        tell: change => {
          world.note(`${name} hears ${change.type} ${change.fact.fact}`)
          dispatch(change)
        },
      }),
    )
    let phaseSinceMs = world.now()
    let phase = runtime.state.value.phase
    let isBusy = false

    const person = createRiderPerson({ world, whims, plan, rules, now: process.now })
    const act = async (trip: RiderState): Promise<void> => {
      if (trip.phase !== phase) {
        phase = trip.phase
        phaseSinceMs = world.now()
        world.note(`${name} is ${phase}`)
      }
      const inPhaseMs = world.now() - phaseSinceMs
      const { lanes } = ledger.vault(account)
      const lane = { isFree: !lanes[0]?.held, seq: lanes[0]?.seq ?? 0n }
      const wish = person(trip, inPhaseMs, { rider: account, session: session.receiptKey.address, lane })
      if (wish) return runtime.dispatch(wish)
      const isOver = ENDED.has(phase) || CASES.has(phase)
      if (isOver && whims.closes && inPhaseMs > CLOSE_MS) {
        await away.add(trip)
        await store.set(CLOSED, trip)
        closed = trip
        world.note(`${name} puts the trip away`)
      }
    }
    /** A page closes the conversations of a trip that is over. */
    let isHushed = false
    const hush = (): void => {
      if (isHushed) return
      isHushed = true
      void talk.stop().catch(report)
    }
    const look = (): unknown => {
      const now = current?.()
      isDone = now !== undefined && ENDED.has(now.phase)
      if (closed) {
        hush()
        return false
      }
      const trip = runtime.state.value
      if (world.now() > stage.lateMs && (ENDED.has(trip.phase) || CASES.has(trip.phase))) hush()
      const next = reduce(trip, { type: 'tick' }, process.now())
      const isQuiet = next.state === trip && next.effects.length === 0
      if (!isQuiet) dispatch({ type: 'tick' })
      if (isBusy) return isQuiet ? false : undefined
      isBusy = true
      void act(trip)
        .catch(report)
        .finally(() => {
          isBusy = false
        })
    }
    const pace = (): number => {
      const { phase: at } = current?.() ?? runtime.state.value
      return ENDED.has(at) || CASES.has(at) ? CASE_MS : world.now() > stage.lateMs ? LATE_TICK_MS : TICK_MS
    }
    const beat = (): void => {
      process.after(pace(), () => {
        beat()
        return look()
      })
    }
    beat()
    runtime.resume()
    return () => {
      current = null
      told = null
      for (const stop of stops) stop()
      runtime.stop()
    }
  })
  return {
    name,
    account,
    process,
    disk,
    plan,
    key: toHex(session.key.publicKey),
    tell: event => told?.(event),
    trip: () => current?.() ?? null,
    isDone: () => isDone,
  }
}

/** One index of a trip's receipts never means two things. */
function noteReceipt(book: Stage['book'], receipt: Receipt): void {
  const known = book.receipts.get(receipt.terms) ?? new Map<number, Receipt>()
  book.receipts.set(receipt.terms, known)
  const before = known.get(receipt.index)
  if (before && before.record !== receipt.record)
    book.violations.push(`signedTwice: receipt ${receipt.index} of ${receipt.terms.slice(0, 10)}`)
  known.set(receipt.index, receipt)
}
