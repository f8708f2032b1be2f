/** Threat T17: hostile messages, our own (tests/vectors/hostile-wire.json) and those of the shared list where it is at hand. */
import { existsSync, readFileSync } from 'node:fs'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { createRequestBook } from '@hexhail/protocol/request-book.ts'
import { createSeen, packSeen, unpackSeen } from '@hexhail/protocol/seen.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { describe, expect, it } from 'vitest'

interface Hostile {
  readonly chainId: number
  readonly nowMs: number
  readonly workBits: number
  readonly good: Hex
  readonly cases: readonly { id: string; what: string; said: string; topic: string; bytes: Hex }[]
}
const read = (url: URL) => JSON.parse(readFileSync(url, 'utf8'))
const hostile: Hostile = read(new URL('../../vectors/hostile-wire.json', import.meta.url))
const SHARED = new URL('../../../../shared/data/vectors/wire-hostile.json', import.meta.url)
const { chainId, nowMs, workBits } = hostile
const TOPIC = hostile.cases[0]!.topic

function freshCheck(seen = createSeen()) {
  const [limits, state] = [createGossipLimits(), createRequestBook()]
  const check = createGossipCheck({ now: () => nowMs, seen, limits, chainId, workBits, state })
  return async (topic: string, bytes: Uint8Array) => {
    const said = await check(topic, bytes, { id: 'attacker', tier: 'leaf' })
    return said.verdict === 'accept' ? 'accept' : `${said.verdict} ${said.code}`
  }
}

describe('a hostile message', () => {
  it.each(hostile.cases)('$id: $what', async ({ said, topic, bytes }) => {
    expect(await freshCheck()(topic, fromHex(bytes))).toBe(said)
  })

  it('replayed: once more, after a restart, in another topic', async () => {
    const seen = createSeen()
    const check = freshCheck(seen)
    expect(await check(TOPIC, fromHex(hostile.good))).toBe('accept')
    expect(await check(TOPIC, fromHex(hostile.good))).toBe('ignore seen')
    const again = createSeen(undefined, unpackSeen(packSeen(seen.entries())), nowMs)
    expect(await freshCheck(again)(TOPIC, fromHex(hostile.good))).toBe('ignore seen')
    const beside = TOPIC.replace(/req\/.*/, 'req/87c2f1cc8ffffff')
    expect(await check(beside, fromHex(hostile.good))).not.toBe('accept')
  })
})

const shared: { id: string; hex: string | null; text: string | null }[] = existsSync(SHARED)
  ? read(SHARED)
  : []
const given = shared.filter(({ hex, text }) => hex !== null || text !== null)
describe.skipIf(given.length === 0)(
  `the shared list of hostile wire cases${given.length === 0 ? ' (skipped: ../shared/data/vectors is not there)' : ''}`,
  () => {
    it('is refused as it stands and in the place of a body, an address or an envelope’s end', async () => {
      const good = fromHex(hostile.good)
      for (const { id, hex, text } of given) {
        const bytes = hex === null ? new TextEncoder().encode(text!) : Buffer.from(hex, 'hex')
        const forms = [
          bytes,
          new Uint8Array([...good.subarray(0, 158), ...bytes]),
          new Uint8Array([...good, ...bytes]),
        ]
        for (const form of forms)
          if (form.length !== good.length) expect(await freshCheck()(TOPIC, form), id).not.toBe('accept')
      }
    })
  },
)
