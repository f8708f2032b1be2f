/**
 * FareVault as far as one rider's trips go: the same refusals in the same order, the same sums. The simulation and the search
 * (tests/model) use it. Written from the Solidity by reading; its traces have not been run against the contract yet.
 */
import type { ChainFact, ChainPlace } from '@hexhail/protocol/chain-fact.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { fareOf, levyOf, type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'
import type { Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'

/** A call of the vault, by its sender. `signed`: whether the signature it brings is the rider's over just this. */
export type VaultCall = { readonly by: Hex; readonly terms: Hex } & (
  | { readonly call: 'hold'; readonly signed: boolean }
  | { readonly call: 'settle'; readonly receipt: Receipt; readonly signed: boolean }
  | { readonly call: 'cancel' | 'release' | 'finalize' }
  | { readonly call: 'claim'; readonly amount: bigint; readonly secret: Hex | null }
  | { readonly call: 'contest'; readonly admitted: bigint }
  | { readonly call: 'rule'; readonly toDriver: bigint }
)

/** Money of a trip that one party closed alone. */
export interface Case {
  readonly amount: bigint
  readonly fee: bigint
  readonly deadlineS: number
  readonly kind: 'claimed' | 'cancelled' | 'contested'
}

/** What the vault knows of one rider: his free balance, his lanes, his cases, and what drivers and the levy got. */
export interface Vault {
  readonly free: bigint
  readonly lanes: Readonly<
    Record<number, { readonly held: bigint; readonly seq: bigint; readonly terms: Hex }>
  >
  readonly cases: Readonly<Record<Hex, Case>>
  readonly paid: Readonly<Record<Hex, bigint>>
  readonly levy: bigint
}

/** What the vault's rules look at. */
export interface VaultRules {
  readonly tariff: Tariff
  readonly termsOf: (digest: Hex) => Terms
}

/** What a vault's event says, without its place. */
export type Told = ChainFact extends infer F
  ? F extends ChainFact
    ? Omit<F, keyof ChainPlace>
    : never
  : never

/** A call's outcome: the vault after it and its event, or the name of the refusal. */
export type Answer = { readonly vault: Vault; readonly fact: Told } | { readonly refused: string }

const WINDOW_S = 86_400
const RULING_S = 14 * 86_400
const NO_TERMS: Hex = `0x${'00'.repeat(32)}`
const NO_SECRET = new Uint8Array(32)

/** A vault where the rider has just this balance. */
export const openVault = (free: bigint): Vault => ({ free, lanes: {}, cases: {}, paid: {}, levy: 0n })

/** All money that the vault has ever taken in for the rider: it never changes. */
export const sumOf = ({ free, lanes, cases, paid, levy }: Vault): bigint =>
  [
    free,
    levy,
    ...Object.values(lanes).map(lane => lane.held),
    ...Object.values(cases).map(each => each.amount),
    ...Object.values(paid),
  ].reduce((a, b) => a + b, 0n)

/** Whether money waits for a trip: in its lane or in a case. */
export const isOpen = ({ lanes, cases }: Vault, terms: Hex): boolean =>
  terms in cases || Object.values(lanes).some(lane => lane.held > 0n && lane.terms === terms)

const min = (a: bigint, b: bigint) => (a < b ? a : b)

/** One call in a block of this time. */
export function callVault(v: Vault, c: VaultCall, nowS: number, rules: VaultRules): Answer {
  const t = rules.termsOf(c.terms)
  const d = t.details
  const lane = v.lanes[t.lane] ?? { held: 0n, seq: 0n, terms: NO_TERMS }
  const isHeld = lane.held > 0n && lane.terms === c.terms
  const found = v.cases[c.terms]
  const emptied = { ...v, lanes: { ...v.lanes, [t.lane]: { ...lane, held: 0n } } }
  const close = (of: Vault, toDriver: bigint, before: bigint, amount: bigint): Answer => {
    const { [c.terms]: _, ...cases } = of.cases
    const paid = payDriver({ ...of, cases }, t, before, toDriver, rules)
    const toRider = amount - toDriver
    return {
      vault: { ...paid, free: paid.free + toRider },
      fact: { fact: 'closed', terms: c.terms, toDriver, toRider },
    }
  }
  const open = (of: Vault, each: Case): Vault => ({ ...of, cases: { ...of.cases, [c.terms]: each } })

  switch (c.call) {
    case 'hold': {
      if (nowS > t.acceptBy) return { refused: 'TooLate' }
      if (t.rider === t.driver) return { refused: 'SameParty' }
      if (t.hold === 0n) return { refused: 'EmptyHold' }
      if (t.fare > t.hold) return { refused: 'FareOverHold' }
      if (!c.signed) return { refused: 'WrongSigner' }
      if (t.hold > v.free) return { refused: 'BalanceTooLow' }
      if (lane.held > 0n) return { refused: 'LaneBusy' }
      if (lane.seq !== t.seq) return { refused: 'WrongSequence' }
      const lanes = { ...v.lanes, [t.lane]: { held: t.hold, seq: lane.seq + 1n, terms: c.terms } }
      const { rider, driver, hold, tariff } = t
      return {
        vault: { ...v, free: v.free - t.hold, lanes },
        fact: { fact: 'held', terms: c.terms, rider, driver, hold, tariff, lane: t.lane },
      }
    }
    case 'settle':
      return settle(v, c, t, isHeld ? { vault: emptied, amount: lane.held } : null, rules)
    case 'cancel': {
      if (c.by !== t.rider) return { refused: 'NotParty' }
      if (!isHeld) return { refused: 'NotHeld' }
      const fee = nowS > d.freeUntil && nowS <= d.lateAt ? min(d.cancelFee, lane.held) : 0n
      const deadlineS = nowS + WINDOW_S
      return {
        vault: open(emptied, { amount: lane.held, fee, deadlineS, kind: 'cancelled' }),
        fact: { fact: 'cancelled', terms: c.terms, fee, deadlineS },
      }
    }
    case 'claim': {
      if (c.by !== t.driver) return { refused: 'NotParty' }
      const boarded = toHex(keccak_256(c.secret ? fromHex(c.secret) : NO_SECRET)) === d.boarding
      const cap = fareOf(rules.tariff, t.metres, t.secs, t.bp)
      const limit = boarded ? min(cap, t.fare) : min(d.noShowFee, t.hold)
      if (c.amount === 0n) return { refused: 'EmptyAmount' }
      if (c.amount > limit) return { refused: 'AmountOverLimit' }
      let after = v
      if (found?.kind === 'cancelled' && boarded) {
        if (nowS > found.deadlineS) return { refused: 'TooLate' }
      } else {
        if (!boarded && nowS <= d.pickupBy) return { refused: 'TooEarly' }
        if (nowS > d.expiry) return { refused: 'TooLate' }
        if (!isHeld) return { refused: 'NotHeld' }
        after = emptied
      }
      const deadlineS = nowS + WINDOW_S
      return {
        vault: open(
          { ...after, free: after.free + t.hold - c.amount },
          { amount: c.amount, fee: 0n, deadlineS, kind: 'claimed' },
        ),
        fact: { fact: 'claimed', terms: c.terms, amount: c.amount, boarded, deadlineS },
      }
    }
    case 'contest': {
      if (c.by !== t.rider) return { refused: 'NotParty' }
      if (found?.kind !== 'claimed') return { refused: 'WrongCase' }
      if (nowS > found.deadlineS) return { refused: 'TooLate' }
      if (c.admitted >= found.amount) return { refused: 'AmountOverLimit' }
      const deadlineS = nowS + RULING_S
      const disputed = found.amount - c.admitted
      const after = open(v, { amount: disputed, fee: c.admitted, deadlineS, kind: 'contested' })
      return {
        vault: payDriver(after, t, 0n, c.admitted, rules),
        fact: { fact: 'contested', terms: c.terms, admitted: c.admitted, disputed, deadlineS },
      }
    }
    case 'rule': {
      if (c.by !== d.arbiter) return { refused: 'NotParty' }
      if (found?.kind !== 'contested') return { refused: 'WrongCase' }
      if (nowS > found.deadlineS) return { refused: 'TooLate' }
      if (c.toDriver > found.amount) return { refused: 'AmountOverLimit' }
      return close(v, c.toDriver, found.fee, found.amount)
    }
    case 'finalize': {
      if (!found) return { refused: 'WrongCase' }
      if (nowS <= found.deadlineS) {
        const waived =
          (found.kind === 'claimed' && c.by === t.rider) || (found.kind === 'cancelled' && c.by === t.driver)
        if (!waived) return { refused: 'TooEarly' }
      }
      if (found.kind === 'contested') return close(v, found.amount / 2n, found.fee, found.amount)
      return close(v, found.kind === 'claimed' ? found.amount : found.fee, 0n, found.amount)
    }
    case 'release': {
      if (c.by !== t.driver && nowS <= d.expiry) return { refused: 'TooEarly' }
      if (!isHeld) return { refused: 'NotHeld' }
      return { vault: { ...emptied, free: v.free + lane.held }, fact: { fact: 'released', terms: c.terms } }
    }
  }
}

function settle(
  v: Vault,
  c: Extract<VaultCall, { call: 'settle' }>,
  t: Terms,
  held: { readonly vault: Vault; readonly amount: bigint } | null,
  { tariff }: VaultRules,
): Answer {
  const { receipt: r } = c
  const found = v.cases[c.terms]
  const due = r.fare + r.wait + r.toll
  let { vault, amount } = held ?? { vault: v, amount: 0n }
  if (!held) {
    if (found?.kind !== 'claimed' && found?.kind !== 'cancelled') return { refused: 'NotHeld' }
    const { [c.terms]: _, ...cases } = v.cases
    amount = found.amount
    vault = { ...v, cases }
    if (due > v.free + amount) return { refused: 'BalanceTooLow' }
  }
  if (!c.signed || r.terms !== c.terms || c.by !== t.driver) return { refused: 'WrongSigner' }
  if (t.bp < tariff.minBp || t.bp > tariff.maxBp) return { refused: 'FactorOutOfRange' }
  const metres = Math.max(t.metres, r.metres)
  if (r.fare > fareOf(tariff, metres, Math.max(t.secs, r.secs), t.bp)) return { refused: 'FareOverCap' }
  if (r.wait > waitOf(tariff, r.waitSecs)) return { refused: 'WaitOverCap' }
  if (due > t.hold) return { refused: 'DueOverHold' }
  if (r.tip > r.fare) return { refused: 'TipOverFare' }
  const tip = min(r.tip, v.free + amount - due)
  const spent = due + tip
  const levy = levyOf(tariff, r.fare)
  const { rider, driver } = t
  return {
    vault: {
      ...vault,
      free: vault.free + amount - spent,
      levy: vault.levy + levy,
      paid: { ...vault.paid, [driver]: (vault.paid[driver] ?? 0n) + spent - levy },
    },
    fact: {
      fact: 'settled',
      terms: c.terms,
      rider,
      driver,
      tariff: t.tariff,
      fare: r.fare,
      wait: r.wait,
      toll: r.toll,
      tip,
      levy,
      record: r.record,
    },
  }
}

function payDriver(v: Vault, t: Terms, before: bigint, amount: bigint, { tariff }: VaultRules): Vault {
  if (amount === 0n) return v
  const levy = levyOf(tariff, before + amount) - levyOf(tariff, before)
  const paid = { ...v.paid, [t.driver]: (v.paid[t.driver] ?? 0n) + amount - levy }
  return { ...v, levy: v.levy + levy, paid }
}
