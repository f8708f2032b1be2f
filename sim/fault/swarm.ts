import type { Seeded } from '../seeded.ts'

/** Kinds of faults: a run can leave some out, to find which one matters. */
export const FAULTS = [
  'drop',
  'dup',
  'late',
  'cut',
  'offline',
  'partition',
  'crash',
  'freeze',
  'die',
  'slowDisk',
  'quota',
  'skew',
  'rpcDown',
  'txLost',
  'reorg',
] as const

/** A kind of fault. */
export type Fault = (typeof FAULTS)[number]

/** How much of each fault a run has: a chance for each message or transaction, else how many times a trip meets it. */
export type Rates = Readonly<Record<Fault, number>>

/** What all runs are near to. */
const USUAL: Rates = {
  drop: 0.1,
  dup: 0.06,
  late: 0.05,
  cut: 0.6,
  offline: 0.6,
  partition: 0.2,
  crash: 1.2,
  freeze: 0.5,
  die: 0.03,
  slowDisk: 0.3,
  quota: 0.15,
  skew: 0.5,
  rpcDown: 0.6,
  txLost: 0.1,
  reorg: 0.8,
}

/** No fault at all. */
export const CALM: Rates = Object.fromEntries(FAULTS.map(fault => [fault, 0])) as Rates

/** Faults that are chances; the others are counts. */
const CHANCES: ReadonlySet<Fault> = new Set<Fault>(['drop', 'dup', 'late', 'die', 'skew', 'txLost'])

/**
 * The rates of a seed: each kind is left out, usual or doubled, and one seed in four has one kind far above all others.
 * What is rare in every run would be met by none; so runs differ.
 */
export function swarmRates(seeded: Seeded, without: ReadonlySet<Fault> = new Set()): Rates {
  const harsh = seeded.below(4) === 0 ? seeded.pick(FAULTS) : null
  const rates = FAULTS.map(fault => {
    const share = seeded.pick([0, 1, 1, 2])
    const most = CHANCES.has(fault) ? (fault === 'die' ? 0.3 : 0.5) : 5 * USUAL[fault]
    const rate = fault === harsh ? most : USUAL[fault] * share
    return [fault, without.has(fault) ? 0 : rate]
  })
  return Object.fromEntries(rates) as Rates
}
