import type { Validate } from '@hexhail/net/ports.ts'
import type { GossipCheck } from '@hexhail/protocol/validate.ts'

/** Verdicts since the start, by code: `accept`, `ignore rate`, `reject signature`, … */
export type VerdictCounts = ReadonlyMap<string, number>

/** Counts verdicts. The codes are the checks' own, so there are few. */
export function countVerdicts(): {
  readonly counts: VerdictCounts
  add(verdict: string, code: string): void
} {
  const counts = new Map<string, number>()
  return {
    counts,
    add: (verdict, code) => {
      const key = verdict === 'accept' ? verdict : `${verdict} ${code}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    },
  }
}

/** A gossip check that tells `add` what it says. */
export const countingValidate =
  (check: GossipCheck, add: (verdict: string, code: string) => void): Validate =>
  async (topic, data, from) => {
    const said = await check(topic, data, from)
    add(said.verdict, said.verdict === 'accept' ? '' : said.code)
    return said.verdict
  }
