import { type DriverWorld, runDriverEffect } from '@hexhail/client/driver-effects.ts'
import { followFacts } from '@hexhail/client/follow-facts.ts'
import { requestIn } from '@hexhail/client/gossip.ts'
import { createRuntime, type Runtime } from '@hexhail/client/runtime.ts'
import type { Session } from '@hexhail/client/session.ts'
import { driverTopics } from '@hexhail/protocol/cells.ts'
import { packMoves } from '@hexhail/protocol/commit.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import { concernsDriver, tripsOf } from '@hexhail/protocol/driver-away.ts'
import type { DriverEffect, DriverEvent, DriverState, DriverTrip } from '@hexhail/protocol/driver-state.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { fromHex, hexDigits, toHex } from '@hexhail/protocol/hex.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { CASES, ENDED } from '@hexhail/protocol/trip.ts'
import { receiptDigest } from '@hexhail/protocol/typed-data.ts'
import type { Seeded } from '../seeded.ts'
import { createCar } from './car.ts'
import type { FaultyDisk } from './disk.ts'
import { accountOf } from './keys.ts'
import type { Process } from './process.ts'
import { createDigests, etaOf, openPorts, type Stage } from './stage.ts'
import { createSimTalk } from './talk.ts'

/** A simulated driver on a shift. */
export interface SimDriver {
  readonly name: string
  readonly account: Hex
  readonly process: Process
  readonly disk: FaultyDisk
  /** His session key. */
  readonly key: Hex
  /** Tells his program what it hears in the epochs; nothing while it is down. */
  tell(event: DriverEvent): void
  /** The shift as the running program knows it; null while it is down. */
  shift(): DriverState | null
  /** True when no trip of his is under way. */
  isDone(): boolean
}

const KEY = 'driver/shift'
const TICK_MS = 3_000
const HAND_MS = 10_000
const LATE_TICK_MS = 60_000
const CASE_MS = 600_000
const CAR: DriverState['car'] = { name: 'Sim', text: 'Sim car', plate: 'SIM 1', seats: 4, needs: 15 }
/** A driver gives a rider up who never says where he is, after so long beyond the latest moment, ms. */
const PATIENCE_MS = 120_000

/** Puts a driver on the stage, online at a place. */
export function createSimDriver(
  stage: Stage,
  {
    name,
    process,
    disk,
    seeded,
    start,
  }: {
    name: string
    process: Process
    disk: FaultyDisk
    seeded: Seeded
    start: LngLat
  },
): SimDriver {
  const { world, rules, keys, tags, book } = stage
  const account = accountOf(name)
  const session: Session = {
    key: keys.session(`${name} drives`),
    sealKey: { publicKey: new Uint8Array(32) } as Session['sealKey'],
    receiptKey: keys.session(`${name} unused`),
  }
  const mine = toHex(session.key.publicKey)
  const digestOf = createDigests(rules)
  const car = createCar(world, start)
  let current: Runtime<DriverState, DriverEvent> | null = null
  let hasTrip = false

  process.onStart(async () => {
    const report = () => {}
    const { ports, store } = await openPorts(stage, process, disk, account, seeded, report)
    const talk = await createSimTalk({
      process,
      store,
      leaf: ports.leaf,
      role: 'driver',
      key: 'driver/talk',
      keyOf: tag => tags.get(tag)?.rider,
      seeded,
      report,
    })
    const eta = etaOf(ports, () => car.cell())
    const reduce = (before: DriverState, event: DriverEvent, nowMs: number) =>
      driver(before, event, nowMs, rules)
    const runtime = await createRuntime<DriverState, DriverEvent, DriverEffect>({
      key: KEY,
      store,
      initial: driverStart(account, CAR),
      now: process.now,
      report,
      reduce,
      run: async (effect, dispatch) => {
        world.note(`${name} ${effect.type}${effect.type === 'send' ? ` ${effect.message.name}` : ''}`)
        if (effect.type === 'openOffer')
          tags.set(effect.offer.tag, { rider: effect.offer.card.key, driver: mine })
        if (effect.type === 'checkReceipt') return dispatch(checked(effect))
        if (stage.bugs.has('claimOnce') && effect.type === 'settleTx') {
          if (await store.get('claimed')) return
          await store.set('claimed', true)
        }
        if (stage.bugs.has('zeroConf') && effect.type === 'holdTx')
          await dispatch(heldBy(effect.terms, digestOf(effect.terms)))
        const filing = { keep: async () => {}, run: async () => {}, stop: () => {} }
        const signature = new Uint8Array(64)
        const epoch: DriverWorld['epoch'] = {
          idleS: () => 0,
          bid: ({ tag, bid }) => talk.send(tag, { name: 'bid', body: { ...bid, signature } }),
          commit: ({ tag, commit: { driver: _, request: __, moves, ...figures } }) =>
            talk.send(tag, { name: 'commit', body: { ...figures, moves: packMoves(moves), signature } }),
        }
        const delegation = {
          ready: async () => ({ untilMs: process.now() + 3_600_000, signature: new Uint8Array(65) }),
        }
        await runDriverEffect(
          {
            ports,
            session,
            talk,
            delegation,
            state: () => runtime.state.value,
            here: () => car.at(),
            firmS: (at, _tag, cell) => eta.firmS(at, cell),
            epoch,
            filing,
          },
          effect,
          dispatch,
        )
      },
    })
    /** The shipped effect with the keyed hash in place of P-256. */
    const checked = ({
      receipt,
      signature,
      record,
    }: Extract<DriverEffect, { type: 'checkReceipt' }>): DriverEvent => {
      const terms = book.terms.get(receipt.terms)
      const digest = receiptDigest(rules.domain, receipt)
      const isGood = terms && keys.isReceiptSigned(terms.session, digest, fromHex(signature))
      return isGood
        ? { type: 'receiptChecked', receipt, signature, record }
        : { type: 'failed', effect: 'checkReceipt', tag: '', code: 'SIGNATURE' }
    }
    current = runtime
    const dispatch = (event: DriverEvent) => runtime.dispatch(event).catch(report)
    talk.onMessage(heard => runtime.dispatch({ type: 'message', ...heard }))
    const hear = async (data: Uint8Array): Promise<void> => {
      const heard = requestIn(data)
      if (!heard || runtime.state.value.trip) return
      const etaS = await eta.coarseS(car.at(), heard.request.cell)
      if (etaS === null) return
      const { request, key, ...times } = heard
      await runtime.dispatch({ type: 'request', request, key: toHex(key), etaS, ...times })
    }
    const stops = [
      ...driverTopics(ports.chainId, car.at()).map(topic =>
        ports.leaf.subscribe(topic, data => void hear(data).catch(report)),
      ),
      followFacts(ports.follower, {
        known: () => tripsOf(runtime.state.value).flatMap(trip => trip.facts.map(({ fact }) => fact)),
        concerns: terms => concernsDriver(runtime.state.value, terms),
        tell: change => {
          world.note(`${name} hears ${change.type} ${change.fact.fact}`)
          void dispatch(change)
        },
      }),
    ]
    const answered = new Set<Hex>()
    let handMs = 0
    let isBusy = false
    let phase = ''

    const answerCards = async (): Promise<void> => {
      for (const card of runtime.state.value.cards) {
        const id = toHex(card.request.requestId)
        if (answered.has(id)) continue
        answered.add(id)
        const tag = hexDigits(Uint8Array.from({ length: 16 }, () => seeded.below(256)))
        await runtime.dispatch({
          type: 'offer',
          requestId: id,
          tag,
          bp: 10_000 + (seeded.below(5) - 2) * 200,
        })
      }
    }
    const act = async (trip: DriverTrip): Promise<void> => {
      const there = car.drive(trip)
      const nowS = process.now() / 1000
      if (trip.pickup && car.target()) {
        await runtime.dispatch({ type: 'position', at: car.at(), headingDeg: 0, etaS: car.etaS() })
        if (trip.startedAtMs) {
          const secs = Math.max(0, Math.floor((process.now() - trip.startedAtMs) / 1000))
          await runtime.dispatch({ type: 'meter', metres: car.metres(trip), secs, moving: true })
        }
      }
      if (trip.phase === 'held' && there) return runtime.dispatch({ type: 'arrive' })
      const silentS = trip.terms.details.lateAt + PATIENCE_MS / 1000
      if (trip.phase === 'held' && !trip.pickup && nowS > silentS && !trip.cancel)
        return runtime.dispatch({ type: 'release', reason: 3 })
      if (trip.phase === 'arrived') {
        const lines = trip.chat.filter(line => !line.mine)
        const digits = /\b(\d{4})\b/.exec(lines.at(-1)?.text ?? '')?.[1]
        if (digits) return runtime.dispatch({ type: 'pin', digits })
        if (trip.notice === 'noShowOpen') return runtime.dispatch({ type: 'claim' })
      }
      if (trip.phase === 'changed') return runtime.dispatch({ type: 'answerChange', accept: true })
      if (trip.phase === 'stopped') return runtime.dispatch({ type: 'resume' })
      if (trip.phase === 'riding' && trip.notice === 'stopAsked')
        return runtime.dispatch({ type: 'finish', early: true })
      if (trip.phase === 'riding' && there) return runtime.dispatch({ type: 'finish', early: false })
      if (trip.phase === 'finished' && trip.notice === 'riderSilent')
        return runtime.dispatch({ type: trip.receipt ? 'settle' : 'claim' })
      if (ENDED.has(trip.phase)) {
        await runtime.dispatch({ type: 'clear' })
        return talk.drop(trip.tag)
      }
      if (CASES.has(trip.phase) && world.now() > stage.lateMs) return talk.drop(trip.tag)
    }
    const look = (): unknown => {
      const state = runtime.state.value
      const next = reduce(state, { type: 'tick' }, process.now())
      const isQuiet = next.state === state && next.effects.length === 0
      if (!isQuiet) void dispatch({ type: 'tick' })
      const { trip } = state
      hasTrip = trip !== null
      if (trip && trip.phase !== phase) world.note(`${name} is ${trip.phase}`)
      phase = trip?.phase ?? ''
      if (trip?.receipt) {
        const { fare, wait, toll, tip } = trip.receipt.receipt
        book.kept.set(trip.digest, fare + wait + toll + tip)
      }
      if (trip?.startedAtMs) book.started.add(trip.digest)
      const isDue = trip ? world.now() - handMs >= HAND_MS : state.cards.length > 0
      if (isBusy || !isDue) return isQuiet ? false : undefined
      isBusy = true
      handMs = world.now()
      void (trip ? act(trip) : answerCards()).catch(report).finally(() => {
        isBusy = false
      })
    }
    const beat = (): void => {
      const { trip } = runtime.state.value
      const isLate = world.now() > stage.lateMs
      const ms = trip && CASES.has(trip.phase) ? CASE_MS : !isLate ? TICK_MS : trip ? LATE_TICK_MS : CASE_MS
      process.after(ms, () => {
        beat()
        return look()
      })
    }
    await dispatch({ type: 'online', online: true, shift: { id: shiftId(name), key: mine } })
    beat()
    runtime.resume()
    return () => {
      current = null
      for (const stop of stops) stop()
      runtime.stop()
    }
  })
  return {
    ...{ name, account, process, disk, key: mine },
    tell: event => void current?.dispatch(event).catch(() => {}),
    shift: () => current?.state.value ?? null,
    isDone: () => !hasTrip,
  }
}

/** What nobody has mined yet. */
function heldBy({ rider, driver, hold, tariff, lane }: Terms, digest: Hex): DriverEvent {
  const place = { txHash: digest, blockNumber: 0, blockHash: digest, logIndex: 0, timestampS: 0 }
  return { type: 'chain', fact: { fact: 'held', terms: digest, rider, driver, hold, tariff, lane, ...place } }
}

const shiftId = (name: string): Hex => toHex(fromHex(accountOf(`${name} shift`)).subarray(0, 16))
