import type { Estimate } from '../check.ts'

/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.959964
/** Share of false discoveries that is borne. */
const FALSE_SHARE = 0.05

/** Chance that a normal number is farther from zero than |z| (Abramowitz and Stegun 7.1.26; to about 1e-7). */
export function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.min(1, poly * Math.exp(-x * x))
}

/** Wilson's interval of a share. */
export function wilson(hits: number, count: number): readonly [low: number, high: number] {
  const z2 = Z95 ** 2
  const share = hits / count
  const middle = (share + z2 / (2 * count)) / (1 + z2 / count)
  const half = (Z95 / (1 + z2 / count)) * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count ** 2))
  return [Math.max(0, Math.min(share, middle - half)), Math.min(1, Math.max(share, middle + half))]
}

/** Benjamini and Hochberg: which of these chances stand out together at 5 % false discoveries. */
export function standOut(chances: readonly number[]): readonly boolean[] {
  const order = chances.map((p, i) => [p, i] as const).toSorted((a, b) => a[0] - b[0])
  const last = order.findLastIndex(([p], rank) => p <= (FALSE_SHARE * (rank + 1)) / chances.length)
  const out = chances.map(() => false)
  for (const [, i] of order.slice(0, last + 1)) out[i] = true
  return out
}

/** Sums behind a mean or a share. */
export interface Sums {
  count: number
  sum: number
  squares: number
}

/** Adds a value to a subject's sums. */
export function addTo(sums: Map<string, Sums>, subject: string, value: number): void {
  const found = sums.get(subject)
  if (found === undefined) sums.set(subject, { count: 1, sum: value, squares: value ** 2 })
  else {
    found.count++
    found.sum += value
    found.squares += value ** 2
  }
}

/** Each subject's mean against that of all others (Welch), the farthest out first. Subjects of fewer than `least` are left out. */
export function compareMeans(sums: ReadonlyMap<string, Sums>, least = 30): Estimate[] {
  const all = total(sums)
  const subjects = [...sums].filter(([, own]) => own.count >= least && all.count - own.count >= least)
  return ranked(
    subjects.map(([subject, own]) => {
      const rest = {
        count: all.count - own.count,
        sum: all.sum - own.sum,
        squares: all.squares - own.squares,
      }
      const error = Math.sqrt(errorOf(own))
      const spread = Math.sqrt(errorOf(own) + errorOf(rest))
      const value = own.sum / own.count
      const baseline = rest.sum / rest.count
      const z =
        spread === 0 ? (value === baseline ? 0 : Number.POSITIVE_INFINITY) : (value - baseline) / spread
      const [low, high] = [value - Z95 * error, value + Z95 * error]
      return { subject, value, low, high, count: own.count, baseline, p: twoSided(z) }
    }),
  )
}

/** Each subject's share (values of 0 and 1) against that of all others, the farthest out first. */
export function compareShares(sums: ReadonlyMap<string, Sums>, least = 10): Estimate[] {
  const all = total(sums)
  const subjects = [...sums].filter(([, own]) => own.count >= least && all.count > own.count)
  return ranked(
    subjects.map(([subject, own]) => {
      const rest = { count: all.count - own.count, sum: all.sum - own.sum }
      const share = all.sum / all.count
      const spread = Math.sqrt(share * (1 - share) * (1 / own.count + 1 / rest.count))
      const value = own.sum / own.count
      const baseline = rest.sum / rest.count
      const [low, high] = wilson(own.sum, own.count)
      const z = spread === 0 ? 0 : (value - baseline) / spread
      return { subject, value, low, high, count: own.count, baseline, p: twoSided(z) }
    }),
  )
}

/** Marks what stands out and puts the least likely by luck first. */
export function ranked(found: readonly Omit<Estimate, 'standsOut'>[]): Estimate[] {
  const marks = standOut(found.map(each => each.p))
  return found
    .map((each, i) => ({ ...each, standsOut: marks[i]! }))
    .toSorted((a, b) => a.p - b.p || b.count - a.count || (a.subject < b.subject ? -1 : 1))
}

/** Variance of a mean. */
function errorOf({ count, sum, squares }: Sums): number {
  if (count < 2) return 0
  return Math.max(0, (squares - sum ** 2 / count) / (count - 1)) / count
}

function total(sums: ReadonlyMap<string, Sums>): Sums {
  const all = { count: 0, sum: 0, squares: 0 }
  for (const each of sums.values()) {
    all.count += each.count
    all.sum += each.sum
    all.squares += each.squares
  }
  return all
}
