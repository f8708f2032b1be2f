import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** One attack on a small network: two relays that honest people hold both, and an attacker. */
export interface Scenario {
  readonly name: string
  /** A flood of `tests/attack/floods.ts`, on one connection to each relay. */
  readonly flood?: string
  /** Hostile RPCs a second on each connection. */
  readonly perS?: number
  /** Share of messages that the second relay, the attacker's own, does not pass on. */
  readonly drops?: number
  /** A crowd of made-up peers: how many for each honest one, and whether they are there before the honest. */
  readonly crowd?: {
    readonly perHonest: number
    readonly isFirst: boolean
    readonly onOneRelay: boolean
    readonly attackAfterMs: number
    readonly everyMs: number
  }
}

/** The four floods of p2p.md section 5, and those of what is no message. */
export const FLOODS: readonly Scenario[] = [
  { name: 'bad signatures', flood: 'bad signatures', perS: 1000 },
  { name: 'valid signature, payload rejected', flood: 'payload rejected', perS: 1000 },
  { name: 'valid messages of one author', flood: 'one author', perS: 1000 },
  { name: '2000 sybil authors', flood: 'sybil authors', perS: 1000 },
  // 60 subscriptions of 70 bytes: 100 MB are 24,000 RPCs.
  { name: 'subscription flood, 100 MB', flood: 'subscriptions', perS: 3000 },
  { name: 'RPCs that cannot be decoded', flood: 'too many parts', perS: 1000 },
]

const crowd = { perHonest: 2, isFirst: false, onOneRelay: false, attackAfterMs: 0, everyMs: 0 }

/** The same kinds of attack as gossipsub's own runs, for where their parameters are not at hand. */
const BUILT_IN: readonly Scenario[] = [
  { name: 'no attack' },
  { name: 'cold boot', crowd: { ...crowd, isFirst: true } },
  { name: 'covert flash', crowd: { ...crowd, isFirst: true, attackAfterMs: 4000 } },
  { name: 'eclipse of one relay', crowd: { ...crowd, onOneRelay: true } },
  { name: 'eclipse of the network', crowd },
  { name: 'censoring relay', drops: 1 },
  { name: 'degrading relay', drops: 0.5 },
]

interface Published {
  readonly node_counts: { readonly attacker: number; readonly attackers_per_container: number }
  readonly network: { readonly attack_degree: number }
  readonly honest_behavior: { readonly connect_delay: string }
  readonly attack_behavior: {
    readonly single_node: boolean
    readonly censor_single_node: boolean
    readonly connect_delay: string
    readonly sybil_degrade: number
    readonly sybil_attack_delay: string
  }
}

const FILE = new URL('../../../../shared/data/vectors/gossipsub/attack-scenarios.json', import.meta.url)

/**
 * The published runs of gossipsub v1.1 (github.com/libp2p/gossipsub-hardening) in small: two made-up peers for each
 * honest one, there before the honest (cold boot, dawn) or after, in one burst, at once hostile or after a while. Where
 * attackers of theirs drop messages, ours own a relay: leaves pass nothing on anyway.
 */
export function crowdScenarios(say: (line: string) => void): readonly Scenario[] {
  if (!existsSync(FILE)) {
    say(
      `skipped: ${fileURLToPath(FILE)} is not there; ${BUILT_IN.length} built-in scenarios instead of its 13.`,
    )
    return BUILT_IN
  }
  const { scenarios } = JSON.parse(readFileSync(FILE, 'utf8')) as { scenarios: Record<string, Published> }
  return Object.entries(scenarios).map(
    ([name, { node_counts, honest_behavior, attack_behavior: attack }]) => {
      if (node_counts.attacker === 0) return { name }
      if (attack.censor_single_node || attack.sybil_degrade < 1)
        return { name, drops: attack.censor_single_node ? 1 : attack.sybil_degrade }
      const isFirst = attack.connect_delay === '0s' || honest_behavior.connect_delay !== '0s'
      const attackAfterMs = attack.sybil_attack_delay === '0s' ? 0 : 4000
      return { name, crowd: { ...crowd, isFirst, onOneRelay: attack.single_node, attackAfterMs } }
    },
  )
}
