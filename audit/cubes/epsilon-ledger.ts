import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { CubeName } from './cubes.ts'

/** One release that was made: what it cost of its month's privacy. */
export interface Spent {
  readonly name: CubeName
  /** `2026-11` or `2026-W48`. */
  readonly period: string
  readonly epsilon: number
  /** sha256 of what was published, hex. */
  readonly sha256: string
  /** Its leaf in the public log; absent where it was told to none. */
  readonly leaf?: number
}

/** A release as a line of the ledger or an answer of the audit node says it; null for anything else. */
export function spentFrom(said: unknown): Spent | null {
  const { name, period, epsilon, sha256, leaf } = (said ?? {}) as Partial<Spent>
  const isRead =
    ['flows', 'hours', 'fares'].includes(name as string) &&
    /^\d{4}-(\d\d|W\d\d)$/.test(String(period)) &&
    typeof epsilon === 'number' &&
    epsilon > 0 &&
    /^[0-9a-f]{64}$/.test(String(sha256)) &&
    (leaf === undefined || (Number.isSafeInteger(leaf) && leaf >= 0))
  if (!isRead) return null
  return { name, period, epsilon, sha256, ...(leaf !== undefined && { leaf }) } as Spent
}

/** Epsilon of one release. */
export const EPSILON = 1
/** Epsilon of all releases of one period, at most: one of each kind, and none twice with fresh noise. */
export const PERIOD_BUDGET = 2

/** What is left of a period's budget. */
export const leftOf = (spent: readonly Spent[], period: string): number =>
  PERIOD_BUDGET - spent.filter(each => each.period === period).reduce((sum, { epsilon }) => sum + epsilon, 0)

/**
 * Asks whether a release may be made; what was released once is handed out again, never made anew.
 * @throws {HexhailError} 'released' or 'epsilon-spent'
 */
export function checkRelease(
  spent: readonly Spent[],
  { name, period, epsilon }: Pick<Spent, 'name' | 'period' | 'epsilon'>,
): void {
  if (spent.some(each => each.name === name && each.period === period))
    throw new HexhailError('released', `${name} of ${period} is released: hand that file out again.`)
  const left = leftOf(spent, period)
  if (epsilon > left)
    throw new HexhailError(
      'epsilon-spent',
      `${period} has an epsilon of ${left} left and ${name} needs ${epsilon}: nothing more may be told of it.`,
    )
}
