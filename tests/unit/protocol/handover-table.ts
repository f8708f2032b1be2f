import { codeOf } from '@hexhail/chain/revert.ts'
import { cellAt, refinedCell } from '@hexhail/protocol/cells.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import { packMoves } from '@hexhail/protocol/commit.ts'
import { driver, driverStart } from '@hexhail/protocol/driver.ts'
import { concernsDriver } from '@hexhail/protocol/driver-away.ts'
import type { DriverEffect, DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import type { PrivateMessage } from '@hexhail/protocol/messages.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { rider, riderStart } from '@hexhail/protocol/rider.ts'
import { concerns } from '@hexhail/protocol/rider-promise.ts'
import type { RidePlan, RiderEffect, RiderEvent, RiderState } from '@hexhail/protocol/rider-state.ts'
import { sessionAddress } from '@hexhail/protocol/session-key.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { callVault, openVault, type Vault, type VaultCall } from '@hexhail/sim/fault/vault.ts'
import { REQUEST_BODY } from './some-gossip.ts'
import { PLAN, RULES, START_MS } from './table-top.ts'

export const BALANCE = 100_000_000n
const RIDER: Hex = `0x${'01'.repeat(20)}`
const RIDER_KEY = toHex(new Uint8Array(64).fill(7))
const SESSION = sessionAddress(fromHex(RIDER_KEY))
export const ME = peerName(fromHex(RIDER_KEY))

/** The driver who is held, and the one who is to take over. */
export type Name = 'old' | 'new'
export const DRIVERS: Record<Name, { key: Hex; account: Hex; tag: string; etaS: number }> = {
  old: { key: `0x${'08'.repeat(64)}`, account: `0x${'02'.repeat(20)}`, tag: 'ab'.repeat(16), etaS: 400 },
  new: { key: `0x${'09'.repeat(64)}`, account: `0x${'04'.repeat(20)}`, tag: 'cd'.repeat(16), etaS: 90 },
}
export const nameOf = (who: Name): string => peerName(fromHex(DRIVERS[who].key))

interface Sent {
  readonly by: 'rider' | Name
  readonly calls: readonly VaultCall[]
  readonly hash: Hex
  readonly done: (code: string | null) => void
}

/** A rider and two drivers over shipped reducers and the simulation's vault; everything waits until it is told to happen. */
export function handoverTable(plan: RidePlan = PLAN) {
  let nowMs = START_MS
  let count = 0
  let epoch = 7
  const terms = new Map<Hex, Terms>()
  const rules = { tariff: RULES.tariff, termsOf: (digest: Hex) => terms.get(digest)! }
  const digestOf = (of: Terms): Hex => {
    const digest = termsDigest(RULES.domain, of)
    terms.set(digest, of)
    return digest
  }
  const signatureOf = (digest: Hex): Hex => `0x${digest.slice(2)}${'55'.repeat(33)}`
  const begun = riderStart(
    plan,
    {
      ...{ requestId: `0x${'11'.repeat(16)}`, secret: `0x${'22'.repeat(32)}` },
      ...{ salt: `0x${'33'.repeat(32)}`, pin: '4711' },
    },
    nowMs,
  )
  const shift = (who: Name): DriverState => {
    const car = { name: who, text: 'Dolphin', plate: 'STX 1', seats: 4, needs: 0 }
    const { key, account } = DRIVERS[who]
    const online = { online: true, shift: { id: `0x${'5f'.repeat(16)}`, key } } as const
    return driver(driverStart(account, car), { type: 'online', ...online }, nowMs, RULES).state
  }
  const blocks: { vault: Vault; facts: ChainFact[]; sent: Sent }[] = []
  const told: Record<'rider' | Name, ChainFact[]> = { rider: [], old: [], new: [] }
  const table = {
    rider: begun.state as RiderState,
    drivers: { old: shift('old'), new: shift('new') } as Record<Name, DriverState>,
    /** What waits to happen: letters and effects; each may be run at any time, or twice. */
    waiting: [] as { readonly label: string; readonly run: () => void }[],
    /** Transactions that are in no block. */
    mempool: [] as Sent[],
    blocks,
    log: [] as string[],
    now: () => nowMs,
    vault: (): Vault => blocks.at(-1)?.vault ?? openVault(BALANCE),
    facts: (): ChainFact[] => blocks.flatMap(block => block.facts),
    termsOf: (digest: Hex) => terms.get(digest),
    toRider(event: RiderEvent) {
      const step = rider(table.rider, event, nowMs, RULES)
      table.rider = step.state
      for (const effect of step.effects) later(`rider ${effect.type}`, () => runRider(effect))
    },
    toDriver(who: Name, event: DriverEvent) {
      const step = driver(table.drivers[who], event, nowMs, RULES)
      table.drivers[who] = step.state
      for (const effect of step.effects) later(`${who} ${effect.type}`, () => runDriver(who, effect))
    },
    pass(s: number) {
      nowMs += s * 1_000
      table.toRider({ type: 'tick' })
      table.toDriver('old', { type: 'tick' })
      table.toDriver('new', { type: 'tick' })
    },
    /** Runs one of the things that wait. */
    run(at: number, isKept = false) {
      const each = table.waiting[at]!
      if (!isKept) table.waiting.splice(at, 1)
      table.log.push(each.label)
      each.run()
    },
    mine(at: number) {
      const [sent] = table.mempool.splice(at, 1)
      const nowS = Math.floor(nowMs / 1_000)
      let vault = table.vault()
      const facts: ChainFact[] = []
      const place = { txHash: sent!.hash, blockHash: sent!.hash, blockNumber: ++count, timestampS: nowS }
      for (const call of sent!.calls) {
        const done = callVault(vault, call, nowS, rules)
        if ('refused' in done) {
          table.log.push(`refused ${sent!.by} ${call.call}: ${done.refused}`)
          return sent!.done(codeOf(done.refused))
        }
        vault = done.vault
        facts.push({ ...done.fact, ...place, logIndex: facts.length } as ChainFact)
      }
      table.log.push(`mined ${sent!.by} ${sent!.calls.map(({ call }) => call)}`)
      blocks.push({ vault, facts, sent: sent! })
      sent!.done(null)
    },
    /** The last block is undone; its transaction may come again. */
    undo() {
      table.mempool.push({ ...blocks.pop()!.sent, done: () => {} })
      table.log.push('block undone')
    },
    /** One side learns one thing more of the chain; false where it knows all. */
    follow(who: 'rider' | Name): boolean {
      const facts = table.facts()
      const known = told[who]
      const agrees = known.every((fact, at) => fact === facts[at])
      const fact = agrees ? facts[known.length] : known.at(-1)
      if (fact === undefined) return false
      if (agrees) known.push(fact)
      else known.pop()
      const event = { type: agrees ? ('chain' as const) : ('undone' as const), fact }
      const hears =
        who === 'rider' ? concerns(table.rider, fact.terms) : concernsDriver(table.drivers[who], fact.terms)
      table.log.push(`${who} hears ${event.type} ${fact.fact}${hears ? '' : ' (not his)'}`)
      if (hears && who === 'rider') table.toRider(event)
      else if (hears) table.toDriver(who as Name, event)
      return true
    },
    /** All that waits happens, in order, and the chain is at rest. */
    settle(mines = true) {
      for (let n = 0; n < 500; n++) {
        if (table.waiting.length > 0) table.run(0)
        else if (mines && table.mempool.length > 0) table.mine(0)
        else if (!table.follow('rider') && !table.follow('old') && !table.follow('new')) return
      }
      throw new Error('It never comes to rest.')
    },
    hears(who: Name) {
      const request = {
        ...REQUEST_BODY,
        requestId: fromHex(table.rider.requestId),
        cell: cellAt(plan.pickup, 7),
      }
      const times = { etaS: 480, issuedAtMs: nowMs, expiresAtMs: nowMs + 60_000 }
      table.toDriver(who, {
        ...{ type: 'request', request, key: RIDER_KEY, ...times, called: { idleS: 0 } },
      })
      table.toDriver(who, {
        type: 'offer',
        requestId: table.rider.requestId,
        tag: DRIVERS[who].tag,
        bp: 10_000,
      })
    },
    /** A driver's solution gives him the rider. */
    take(who: Name, from: Name | null) {
      const moves = [{ request: ME, from: from && nameOf(from), to: nameOf(who) }]
      table.toDriver(who, { type: 'take', epoch: epoch++, request: ME, moves, holdMs: 16_000 })
    },
    /** All the way to the old driver's hold. */
    toHeld() {
      table.hears('old')
      table.settle()
      table.toRider({ type: 'market', request: ME })
      table.take('old', null)
      table.settle()
      table.toDriver('old', { type: 'position', at: [-56.2, -34.9], headingDeg: 0, etaS: 390 })
      table.settle()
    },
  }
  const later = (label: string, run: () => void): void => void table.waiting.push({ label, run })
  const post = (to: 'rider' | Name, tag: string, key: Hex, message: PrivateMessage): void =>
    later(`${to} reads ${message.name}`, () =>
      to === 'rider'
        ? table.toRider({ type: 'message', tag, key, message })
        : table.toDriver(to, { type: 'message', tag, key, message }),
    )
  const whose = (tag: string): Name => (tag === DRIVERS.old.tag ? 'old' : 'new')
  const send = (by: 'rider' | Name, calls: readonly VaultCall[], done: Sent['done']): void => {
    let vault = table.vault()
    for (const call of calls) {
      const look = callVault(vault, call, Math.floor(nowMs / 1_000), rules)
      if ('refused' in look) {
        table.log.push(`not sent ${by} ${call.call}: ${look.refused}`)
        done(codeOf(look.refused))
        return
      }
      vault = look.vault
    }
    table.mempool.push({ by, calls, done, hash: `0x${(++count).toString(16).padStart(64, '0')}` })
  }
  function runRider(effect: RiderEffect) {
    const failed = (code: string | null) =>
      code && later('rider failed', () => table.toRider({ type: 'failed', effect: effect.type, code }))
    const call = (name: 'cancel' | 'release' | 'finalize', of: Terms) =>
      send('rider', [{ call: name, by: RIDER, terms: digestOf(of) }], failed)
    switch (effect.type) {
      case 'send':
        return post(whose(effect.tag), effect.tag, RIDER_KEY, effect.message)
      case 'refine': {
        const body = { cell: refinedCell(plan.pickup), metres: effect.metres, secs: effect.secs }
        return post(whose(effect.tag), effect.tag, RIDER_KEY, { name: 'refine', body })
      }
      case 'confirm': {
        const lane = table.vault().lanes[0]
        const by = { rider: RIDER, session: SESSION, lane: 0, seq: lane?.seq ?? 0n }
        return table.toRider({ type: 'choose', tag: effect.tag, ...by })
      }
      case 'signTerms': {
        const digest = digestOf(effect.terms)
        return table.toRider({ type: 'termsSigned', digest, signature: signatureOf(digest) })
      }
      case 'cancelTx':
      case 'releaseTx':
      case 'finalizeTx':
        return call(effect.type.slice(0, -2) as 'cancel', effect.terms)
    }
  }
  function runDriver(who: Name, effect: DriverEffect) {
    const { tag, key, account, etaS } = DRIVERS[who]
    const say = (message: PrivateMessage) => post('rider', tag, key, message)
    const tx = (calls: readonly VaultCall[]) =>
      send(who, calls, code =>
        later(`${who} ${code ?? 'sent'}`, () =>
          table.toDriver(
            who,
            code === null
              ? { type: 'sent', tag, effect: effect.type as 'holdTx', txHash: `0x${'0f'.repeat(32)}` }
              : { type: 'failed', tag, effect: effect.type, code },
          ),
        ),
      )
    const of = 'terms' in effect ? digestOf(effect.terms) : '0x'
    switch (effect.type) {
      case 'openOffer': {
        const { bp, expiresAtMs } = effect.offer
        const body = {
          ...{ requestId: fromHex(table.rider.requestId), account, sessionUntilMs: nowMs + 9e6 },
          ...{ delegation: new Uint8Array(65), etaS: 480, bp, seats: 4, needs: 0, car: 'Dolphin' },
          ...{ permit: new Uint8Array(32), vehicle: new Uint8Array(32), vehicleClass: 0, propulsion: 0 },
          ...{ document: new Uint8Array(32), expiresAtMs, replyTo: [] },
        }
        return say({ name: 'offer', body })
      }
      case 'firmEta':
        return table.toDriver(who, { type: 'quote', tag, etaS, idleS: 0 })
      case 'bid':
        return say({ name: 'bid', body: { ...effect.bid, signature: new Uint8Array(64) } })
      case 'commit': {
        const { moves, epoch: number, promiseMs, expiresAtMs } = effect.commit
        const figures = { epoch: number, promiseMs, expiresAtMs, moves: packMoves(moves) }
        return say({ name: 'commit', body: { ...figures, signature: new Uint8Array(64) } })
      }
      case 'send':
        return say(effect.message)
      case 'showCard':
        if (effect.isReady) say({ name: 'ready', body: { trip: fromHex(effect.trip) } })
        return
      case 'holdTx':
        return tx([{ call: 'hold', by: account, terms: of, signed: effect.signature === signatureOf(of) }])
      case 'handOverTx': {
        const next = digestOf(effect.next)
        const signed = effect.signature === signatureOf(next)
        return tx([
          { call: 'release', by: account, terms: of },
          { call: 'hold', by: account, terms: next, signed },
        ])
      }
      case 'releaseTx':
      case 'finalizeTx': {
        const call = effect.type === 'releaseTx' ? 'release' : 'finalize'
        return tx([{ call, by: account, terms: of }])
      }
      case 'claimTx':
        return tx([{ call: 'claim', by: account, terms: of, amount: effect.amount, secret: effect.secret }])
      case 'file':
        return table.toDriver(who, { type: 'filed', terms: effect.trip.digest })
    }
  }
  return table
}
