import type { AskedWork } from '@hexhail/protocol/asked-work.ts'
import { ENVELOPE, openEnvelope } from '@hexhail/protocol/envelope.ts'
import { createBondedAuthors } from '@hexhail/protocol/key-bond.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { createGossipCheck, type GossipCheckOptions, type Neighbour } from '@hexhail/protocol/validate.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { CHAIN, NOW, sealRequest, TOPIC } from './some-gossip.ts'

let session: SessionKey
beforeAll(async () => {
  session = await createSessionKey()
})

const LEAF: Neighbour = { id: 'a', tier: 'leaf' }
const check = (over: Partial<GossipCheckOptions>) =>
  createGossipCheck({
    now: () => NOW + 1000,
    seen: createSeen(),
    limits: createGossipLimits(),
    chainId: CHAIN,
    workBits: 4,
    ...over,
  })

/** Spoils the signature, which the stamp does not cover. */
function forged(raw: Uint8Array): Uint8Array {
  const opened = openEnvelope(raw)
  if (opened.verdict !== 'accept') throw new Error(opened.code)
  return ENVELOPE.encode({ ...opened.value, signature: new Uint8Array(64).fill(1) })
}

describe('a gossip message', () => {
  it('of a bonded author needs the usual work and no more, until its budget or its bond is over', async () => {
    const asked: AskedWork = { note: () => {}, bits: () => 60, enforced: () => 60 }
    let isBonded = true
    const bonded = createBondedAuthors(key => isBonded && key === session.address, { perS: 0.1, burst: 2 })
    let nowMs = NOW + 1000
    const gossip = check({ asked, bonded, now: () => nowMs })
    const say = async (minutes: number, by = session, over: Partial<GossipCheckOptions> = {}) => {
      const raw = await sealRequest(by, { body: { minutes } })
      return (Object.keys(over).length > 0 ? check({ asked, bonded, ...over }) : gossip)(TOPIC, raw, LEAF)
    }
    const refused = { verdict: 'ignore', code: 'asked' }
    expect(await say(1, await createSessionKey())).toEqual(refused)
    expect(await say(1, session, { workBits: 60 })).toEqual({ verdict: 'reject', code: 'work' })
    expect((await say(1)).verdict).toBe('accept')
    expect((await say(2)).verdict).toBe('accept')
    expect(await say(3)).toEqual(refused)
    nowMs += 10_000
    expect((await say(3)).verdict).toBe('accept')
    nowMs += 10_000
    isBonded = false
    expect(await say(4)).toEqual(refused)
  })

  it('that costs what is asked leaves a bond as it was, and a forged one does, too', async () => {
    let enforced = 60
    const asked: AskedWork = { note: () => {}, bits: () => enforced, enforced: () => enforced }
    const bonded = createBondedAuthors(() => true, { perS: 0.1, burst: 1 })
    const gossip = check({ asked, bonded })
    const say = async (minutes: number, spoil = (raw: Uint8Array) => raw) =>
      (await gossip(TOPIC, spoil(await sealRequest(session, { body: { minutes } })), LEAF)).verdict
    for (const minutes of [1, 2, 3]) expect(await say(minutes, forged)).toBe('reject')
    enforced = 4
    for (const minutes of [1, 2, 3]) expect(await say(minutes)).toBe('accept')
    enforced = 60
    expect([await say(4), await say(5)]).toEqual(['accept', 'ignore'])
  })
})
