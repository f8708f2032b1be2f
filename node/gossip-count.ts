import type { Validate } from '@hexhail/net/ports.ts'
import type { GossipCheck } from '@hexhail/protocol/validate.ts'

/** Verdicts on gossip since the start, by code: `accept`, `ignore rate`, `reject signature`, … */
export type GossipCounts = ReadonlyMap<string, number>

/** A gossip check that counts what it says. The codes are the check's own, so there are few. */
export function countingValidate(check: GossipCheck): { validate: Validate; counts: GossipCounts } {
  const counts = new Map<string, number>()
  return {
    counts,
    validate: async (topic, data, from) => {
      const said = await check(topic, data, from)
      const key = said.verdict === 'accept' ? 'accept' : `${said.verdict} ${said.code}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
      return said.verdict
    },
  }
}
