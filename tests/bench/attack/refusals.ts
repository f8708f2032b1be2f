import { createFingerprint } from '@hexhail/net/fingerprint.ts'
import { cellAt } from '@hexhail/protocol/cells.ts'
import { createGossipLimits, GOSSIP_RATES } from '@hexhail/protocol/limits.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { CHAIN, NOW, sealRequest, TOPIC } from '../../unit/protocol/some-gossip.ts'

/** How many messages of one kind of junk a core refuses a second. */
export interface Refusal {
  readonly what: string
  readonly perS: number
}

const ROUNDS = 5
const EACH = 200_000

/** Times the refusals that cost no hash and no signature. */
export async function timeRefusals(): Promise<Refusal[]> {
  const session = await createSessionKey()
  const checkWith = (limits = createGossipLimits()) =>
    createGossipCheck({ now: () => NOW, seen: createSeen(), limits, chainId: CHAIN, workBits: 0 })
  const check = checkWith()
  const quiet = checkWith(createGossipLimits({ ...GOSSIP_RATES, author: { perS: 0, burst: 1 } }))
  const good = await sealRequest(session)
  await quiet(TOPIC, good)
  const cases: [string, string, string, Uint8Array, typeof check][] = [
    ['a foreign topic', 'topic', '/chat', good, check],
    ['too long', 'size', TOPIC, new Uint8Array(3000), check],
    ['over the rate of its author', 'rate', TOPIC, good, quiet],
    ['a later version', 'version', TOPIC, good.with(1, 9), check],
    ['an unknown kind', 'kind', TOPIC, good.with(0, 99), check],
    ['an offset that does not fit', 'offset', TOPIC, good.with(154, 159), check],
    ['expired', 'expired', TOPIC, await sealRequest(session, { issuedAtMs: NOW - 70_000 }), check],
    ['a cell that is none', 'cell', TOPIC, good.with(158 + 16 + 7, 0xff), check],
    [
      'a cell elsewhere',
      'place',
      TOPIC,
      await sealRequest(session, { body: { cell: cellAt([-57, -34], 7) } }),
      check,
    ],
  ]
  const out: Refusal[] = []
  for (const [what, code, topic, raw, judge] of cases) {
    const said = await judge(topic, raw)
    if (said.verdict === 'accept' || said.code !== code) throw new Error(`${what}: ${JSON.stringify(said)}`)
    out.push({ what, perS: await best(() => judge(topic, raw)) })
  }
  const fingerprint = createFingerprint(1, 2)
  const seen = new Set([fingerprint(TOPIC, good)])
  out.push({ what: 'a copy', perS: await best(() => seen.has(fingerprint(TOPIC, good))) })
  return out
}

/** By CPU time, the best of some rounds: neighbours on the machine disturb both, but this less. */
async function best(refuse: () => unknown): Promise<number> {
  let perS = 0
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage()
    for (let i = 0; i < EACH; i++) await refuse()
    const { user, system } = process.cpuUsage(before)
    perS = Math.max(perS, (EACH * 1e6) / (user + system))
  }
  return perS
}
