import { type OutRpc, RPC_LIMITS, splitRpc } from '@hexhail/net/split-rpc.ts'
import { RPC } from '@libp2p/gossipsub/message'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const topic = fc.constantFrom('/hexhail/1/31337/req/87c2e0d4effffff', '/hexhail/1/relay')
const id = fc.constant(new Uint8Array(20).fill(7))
const ids = fc
  .oneof({ arbitrary: fc.nat(5), weight: 4 }, fc.nat(2000))
  .chain(n => fc.array(id, { minLength: n, maxLength: n, size: 'max' }))
const many = <T>(of: fc.Arbitrary<T>) =>
  fc.oneof(
    { arbitrary: fc.array(of, { maxLength: 3 }), weight: 3 },
    fc.array(of, { minLength: 60, maxLength: 150, size: 'max' }),
  )
const anyRpc: fc.Arbitrary<OutRpc> = fc.record({
  subscriptions: many(fc.record({ subscribe: fc.boolean(), topic })),
  messages: many(fc.record({ topic, data: fc.nat(2048).map(size => new Uint8Array(size).fill(1)) })),
  control: fc.record({
    ihave: fc.array(fc.record({ topicID: topic, messageIDs: ids }), { maxLength: 4 }),
    iwant: fc.array(fc.record({ messageIDs: ids }), { maxLength: 2 }),
    graft: many(fc.record({ topicID: topic })),
    prune: many(fc.record({ topicID: topic })),
    idontwant: fc.array(fc.record({ messageIDs: ids }), { maxLength: 2 }),
  }),
})

/** What the other side's decoder is told to refuse. */
const { items, ids: maxIds } = RPC_LIMITS
const limits = {
  subscriptions: items,
  messages: items,
  control: {
    ihave: items,
    ihave$: { messageIDs: maxIds },
    iwant: items,
    iwant$: { messageIDs: maxIds },
    graft: items,
    prune: items,
    prune$: { peers: 0 },
    idontwant: items,
    idontwant$: { messageIDs: maxIds },
  },
}

test('whatever a router has to say, each RPC passes the other side’s decoder, and all of it arrives in order', () => {
  fc.assert(
    fc.property(anyRpc, rpc => {
      const wanted = RPC.decode(RPC.encode(rpc as RPC))
      const got = splitRpc(rpc).map(part => {
        const bytes = RPC.encode(part as RPC)
        expect(bytes.length).toBeLessThanOrEqual(RPC_LIMITS.maxBytes)
        return RPC.decode(bytes, { limits })
      })
      expect(got.flatMap(part => part.subscriptions)).toEqual(wanted.subscriptions)
      expect(got.flatMap(part => part.messages)).toEqual(wanted.messages)
      expect(got.flatMap(part => part.control?.graft ?? [])).toEqual(wanted.control?.graft ?? [])
      expect(got.flatMap(part => part.control?.prune ?? []).length).toBe(rpc.control!.prune.length)
      for (const kind of ['ihave', 'iwant', 'idontwant'] as const) {
        const idsOf = (parts: (RPC | OutRpc)[]) =>
          parts.flatMap(part => part.control?.[kind] ?? []).flatMap(item => item.messageIDs)
        expect(idsOf(got).length).toBe(idsOf([rpc]).length)
      }
    }),
    { numRuns: 60 },
  )
})
