import { cellAt, refinedCell } from '@hexhail/protocol/cells.ts'
import type { ChainFact, ChainPlace } from '@hexhail/protocol/chain-fact.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import type {
  RidePlan,
  RiderEffect,
  RiderEvent,
  RiderState,
  TripRules,
} from '@hexhail/protocol/rider-state.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import { levyOf } from '@hexhail/protocol/tariff.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { TARIFF } from './demo-tariff.ts'
import { type Guest, type HostTable, tagOf } from './guest.ts'

export const RULES: TripRules = {
  domain: { chainId: 31_337, vault: `0x${'77'.repeat(20)}` },
  tariffId: 1,
  tariff: TARIFF,
  timeScale: 1,
}
export const PLAN: RidePlan = {
  pickup: [-56.19, -34.905],
  pickupName: 'Avenida 18 de Julio 1453',
  dest: [-56.163, -34.894],
  destName: 'Tres Cruces',
  metres: 3_400,
  secs: 540,
  seats: 1,
  needs: 0,
  pickupAtMs: 0,
  riderName: 'Ana',
}
const RIDER: Hex = `0x${'01'.repeat(20)}`
/** A moment on the five-minute grid of booked rides. */
export const START_MS = 1_795_399_800_000
export const DRIVER: Hex = `0x${'02'.repeat(20)}`
const DRIVER_KEY: Hex = `0x${'08'.repeat(64)}`
const SHIFT = { id: `0x${'5f'.repeat(16)}` as Hex, key: DRIVER_KEY }
/** Hash of the credential that the rider shows. */
export const SHOWN: Hex = `0x${'c5'.repeat(32)}`
export const TAG = 'ab'.repeat(16)
/** Of a rider who shares the car with the first. */
export const GUEST_TAG = 'cd'.repeat(16)
const CAR = {
  name: 'Bruno',
  text: 'BYD Dolphin, white',
  plate: 'STX 1234',
  seats: 4,
  needs: 0,
  credentials: {
    permit: `0x${'09'.repeat(32)}` as Hex,
    vehicle: `0x${'00'.repeat(32)}` as Hex,
    vehicleClass: 0,
    propulsion: 4,
  },
}

/**
 * A rider and a driver at one table: both real reducers, messages handed over at once, the vault kept by hand.
 * `mute` holds back one side's words, `time` moves the one clock.
 */
export function tableTop({
  laterS = 0,
  rules = RULES,
  driverRules = rules,
  plan = PLAN,
  host,
}: {
  laterS?: number
  rules?: TripRules
  /** What the driver's device goes by, where it is not the same. */
  driverRules?: TripRules
  plan?: RidePlan
  /** The table of the driver whom this rider asks too. */
  host?: HostTable
} = {}) {
  const [tag, key, id, secret] = host
    ? [GUEST_TAG, new Uint8Array(64).fill(6), '12', '24']
    : [TAG, new Uint8Array(64).fill(7), '11', '22']
  let nowMs = host ? host.nowMs() : START_MS
  let block = 100
  const pickupAtMs = laterS && nowMs + laterS * 1_000
  const begun = riderStart(
    { ...plan, pickupAtMs },
    {
      requestId: `0x${id.repeat(16)}`,
      secret: `0x${secret.repeat(32)}`,
      salt: `0x${'33'.repeat(32)}`,
      pin: '4711',
    },
    nowMs,
  )
  const table = {
    rider: begun.state as RiderState,
    driver: driver(
      driverStart(DRIVER, CAR),
      { type: 'online', online: true, shift: SHIFT },
      nowMs,
      driverRules,
    ).state as DriverState,
    riderDid: [] as RiderEffect[],
    driverDid: [] as DriverEffect[],
    facts: [] as ChainFact[],
    /** What the driver's device finds a concession to be. */
    holds: true,
    mute: { rider: false, driver: false, chain: false },
    guests: [] as Guest[],
    nowMs: () => nowMs,
    wait(s: number) {
      nowMs += s * 1_000
      table.toRider({ type: 'tick' })
      for (const guest of table.guests) guest.toRider({ type: 'tick' })
      table.toDriver({ type: 'tick' })
    },
    toRider(event: RiderEvent) {
      if (host) nowMs = host.nowMs()
      const step = rider(table.rider, event, nowMs, rules)
      table.rider = step.state
      for (const effect of step.effects) {
        table.riderDid.push(effect)
        runRider(effect)
      }
    },
    toDriver(event: DriverEvent) {
      if (host) return host.toDriver(event)
      const step = driver(table.driver, event, nowMs, driverRules)
      table.driver = step.state
      for (const effect of step.effects) {
        table.driverDid.push(effect)
        const guest = table.guests.find(each => tagOf(effect) === each.tag)
        if (guest) guest.runDriver(effect)
        else runDriver(effect)
      }
    },
    hear() {
      const request = {
        requestId: fromHex(`0x${id.repeat(16)}`),
        cell: cellAt(plan.pickup, 7),
        tariff: 1,
        distanceKm: 4,
        minutes: 9,
        heading: 1,
        seats: plan.seats,
        needs: plan.needs,
        pickupAtMs,
        sealKey: new Uint8Array(32),
        replyTo: [],
      }
      const times = { etaS: 240, issuedAtMs: nowMs, expiresAtMs: nowMs + 90_000 }
      table.toDriver({ type: 'request', request, key: toHex(key), ...times })
    },
    offer(bp = 10_000) {
      table.toDriver({ type: 'offer', requestId: table.rider.requestId, tag, bp })
    },
    choose() {
      table.toRider({
        type: 'choose',
        tag,
        rider: RIDER,
        session: sessionAddress(key),
        lane: 0,
        seq: 0n,
      })
    },
    fact(fact: DistributiveOmit<ChainFact, keyof ChainPlace | 'terms'>, terms: Terms) {
      const placed = { ...fact, ...place(), terms: termsDigest(RULES.domain, terms) } as ChainFact
      if (host) return host.tell(placed)
      table.tell(placed)
    },
    tell(placed: ChainFact) {
      table.facts.push(placed)
      for (const guest of table.guests) guest.toRider({ type: 'chain', fact: placed })
      table.toRider({ type: 'chain', fact: placed })
      table.toDriver({ type: 'chain', fact: placed })
    },
    /** All the way to a held trip with the driver at the door. */
    toTheDoor() {
      table.hear()
      table.offer()
      table.choose()
      table.toDriver({ type: 'position', at: [-56.2, -34.9], headingDeg: 0, etaS: 180 })
      table.wait(100)
      table.toDriver({ type: 'position', at: plan.pickup, headingDeg: 0, etaS: 0 })
      table.toDriver({ type: 'arrive' })
    },
  }
  const place = (): ChainPlace => {
    block++
    const hash: Hex = `0x${block.toString(16).padStart(64, '0')}`
    return {
      txHash: hash,
      blockNumber: block,
      blockHash: hash,
      logIndex: 0,
      timestampS: Math.floor(nowMs / 1000),
    }
  }
  const settle = (terms: Terms, receipt: Receipt) =>
    table.fact(
      {
        fact: 'settled',
        rider: terms.rider,
        driver: terms.driver,
        tariff: 1,
        fare: receipt.fare,
        wait: receipt.wait,
        toll: receipt.toll,
        tip: receipt.tip,
        levy: levyOf(rules.tariff, receipt.fare),
        record: receipt.record,
      },
      terms,
    )
  function runRider(effect: RiderEffect) {
    if (effect.type === 'send' && !table.mute.rider)
      table.toDriver({ type: 'message', tag: effect.tag, key: toHex(key), message: effect.message })
    if (effect.type === 'refine')
      table.toDriver({
        type: 'message',
        tag: effect.tag,
        key: toHex(key),
        message: {
          name: 'refine',
          body: { cell: refinedCell(plan.pickup), metres: effect.metres, secs: effect.secs },
        },
      })
    if (effect.type === 'signTerms')
      table.toRider({
        type: 'termsSigned',
        digest: termsDigest(RULES.domain, effect.terms),
        signature: `0x${'55'.repeat(65)}`,
        ...(effect.concession && { showing: { presentation: Uint8Array.of(1, 2, 3), proof: SHOWN } }),
      })
    if (effect.type === 'signReceipt')
      table.toRider({ type: 'receiptSigned', receipt: effect.receipt, signature: `0x${'66'.repeat(128)}` })
    if (effect.type === 'cancelTx' && !table.mute.chain)
      table.fact({ fact: 'cancelled', fee: 0n, deadlineS: 0 }, effect.terms)
  }
  function runDriver(effect: DriverEffect) {
    const heard = (message: Extract<RiderEvent, { type: 'message' }>['message']) =>
      table.mute.driver || table.toRider({ type: 'message', tag, key: DRIVER_KEY, message })
    if (effect.type === 'send' || effect.type === 'report') heard(effect.message)
    if (effect.type === 'openOffer') {
      const { bp, etaS, expiresAtMs } = effect.offer
      heard({
        name: 'offer',
        body: {
          requestId: effect.offer.card.request.requestId,
          account: DRIVER,
          sessionUntilMs: nowMs + 1e7,
          delegation: new Uint8Array(65),
          etaS,
          bp,
          seats: 4,
          needs: 0,
          car: CAR.text,
          permit: new Uint8Array(32).fill(9),
          vehicle: new Uint8Array(32),
          vehicleClass: 0,
          propulsion: 4,
          document: driverRules.document ? fromHex(driverRules.tariff.document) : new Uint8Array(32),
          expiresAtMs,
          replyTo: [],
        },
      })
    }
    if (effect.type === 'checkConcession')
      table.toDriver({ ...effect, type: 'concessionChecked', proof: table.holds ? SHOWN : null })
    if (effect.type === 'firmEta') table.toDriver({ type: 'quote', tag: effect.tag, etaS: 190 })
    if (table.mute.chain) return
    if (effect.type === 'holdTx')
      table.fact(
        { fact: 'held', rider: RIDER, driver: DRIVER, hold: effect.terms.hold, tariff: 1, lane: 0 },
        effect.terms,
      )
    if (effect.type === 'checkReceipt') table.toDriver({ ...effect, type: 'receiptChecked' })
    if (effect.type === 'settleTx') settle(effect.terms, effect.receipt)
    if (effect.type === 'releaseTx') table.fact({ fact: 'released' }, effect.terms)
    if (effect.type === 'claimTx')
      table.fact(
        { fact: 'claimed', amount: effect.amount, boarded: effect.secret !== null, deadlineS: 0 },
        effect.terms,
      )
    if (effect.type === 'finalizeTx')
      table.fact({ fact: 'closed', toDriver: 0n, toRider: effect.terms.hold }, effect.terms)
    if (effect.type === 'file') table.toDriver({ type: 'filed', terms: effect.trip.digest })
  }
  for (const effect of begun.effects) table.riderDid.push(effect)
  host?.guests.push({ tag, toRider: table.toRider, runDriver })
  return table
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
