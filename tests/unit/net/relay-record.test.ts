import { mayDial, type Reach, reachOfIp, relayAddr, widestReach } from '@hexhail/net/reach.ts'
import { MAX_RECORD_BYTES, readRelayRecord, relayKey, writeRelayRecord } from '@hexhail/net/relay-record.ts'
import { RelayTable } from '@hexhail/net/relay-table.ts'
import { relaysTopic } from '@hexhail/net/topics.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const TOPIC = relaysTopic(31337)
const NOW = 1_800_000_000_000
const keyOf = (n: number) => relayKey(new Uint8Array(32).fill(n))
const times = { issuedAtMs: NOW, lifeMs: 3_600_000 }
const code = async (raw: Uint8Array, nowMs = NOW, topic = TOPIC): Promise<string> => {
  const read = await readRelayRecord(topic, raw, nowMs)
  return read.verdict === 'accept' ? 'accept' : `${read.verdict} ${read.code}`
}

describe('a relay record', () => {
  test('says where the holder of the key is', async () => {
    const addrs = ['/dns4/relay.example.org/tcp/443/tls/ws', '/ip4/8.8.8.8/tcp/7011/ws']
    const raw = await writeRelayRecord(TOPIC, await keyOf(1), addrs, times)
    const read = await readRelayRecord(TOPIC, raw, NOW)
    if (read.verdict !== 'accept') throw new Error(read.code)
    expect(read.value.addrs.map(a => a.addr)).toEqual(addrs.map(addr => `${addr}/p2p/${read.value.peer}`))
    expect(read.value.addrs.map(a => a.prefix)).toEqual(['example.org', '8.8.8'])
    expect(raw.length).toBeLessThanOrEqual(MAX_RECORD_BYTES)
  })

  test('is refused by a code for each fault', async () => {
    const key = await keyOf(2)
    const good = await writeRelayRecord(TOPIC, key, ['/ip4/8.8.8.8/tcp/1/ws'], times)
    const made = (addrs: readonly string[], more = {}) =>
      writeRelayRecord(TOPIC, key, addrs, { ...times, ...more })
    expect(await code(good)).toBe('accept')
    expect(await code(good, NOW + times.lifeMs)).toBe('ignore expired')
    expect(await code(good, NOW - 5001)).toBe('ignore future')
    expect(await code(good, NOW, relaysTopic(1))).toBe('reject signature')
    expect(await code(await made(['/ip4/8.8.8.8/tcp/1/ws'], { lifeMs: 25 * 3_600_000 }))).toBe('reject life')
    for (const addr of [
      '/ip4/8.8.8.8/tcp/22',
      '/ip4/8.8.8.8/tcp/0/ws',
      '/dnsaddr/a.example/tcp/1/ws',
      '/ip4/8.8.8.8/tcp/1/ws/x',
      '',
    ])
      expect(await code(await made([addr]))).toBe('reject address')
    expect(await code(await made([]))).toBe('reject address')
    expect(await code(new Uint8Array(0))).toBe('reject size')
    expect(await code(new Uint8Array(200))).toBe('ignore version')
    expect(await code(new Uint8Array(MAX_RECORD_BYTES + 1).fill(82))).toBe('ignore version')
    const longer = new Uint8Array([...good, 0])
    expect(await code(longer)).toMatch(/^reject/)
  })

  test('of any other bytes is a verdict, never a fault, and no bit of a good one can be turned', async () => {
    const good = await writeRelayRecord(TOPIC, await keyOf(3), ['/ip4/8.8.8.8/tcp/1/ws'], times)
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 900 }), async raw => {
        raw.set([82, 1].slice(0, raw.length))
        expect(await code(raw)).not.toBe('accept')
      }),
      { numRuns: 300, seed: 1 },
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
        const turned = good.slice()
        turned[at]! ^= bits
        expect(await code(turned)).not.toBe('accept')
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

test('addresses are told apart by how far they reach', () => {
  const peer = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
  const reach = (head: string): Reach | undefined => relayAddr(`${head}/tcp/443/tls/ws/p2p/${peer}`)?.reach
  const rows: readonly (readonly [string, Reach])[] = [
    ['/ip4/127.0.0.1', 'loopback'],
    ['/ip6/::1', 'loopback'],
    ['/dns4/localhost', 'loopback'],
    ['/ip4/10.1.2.3', 'private'],
    ['/ip4/192.168.1.1', 'private'],
    ['/ip4/169.254.169.254', 'private'],
    ['/ip4/100.64.0.1', 'private'],
    ['/ip4/0.0.0.0', 'private'],
    ['/ip6/fd00::1', 'private'],
    ['/ip6/fe80::1', 'private'],
    ['/ip6/::ffff:10.0.0.1', 'private'],
    ['/ip6/64:ff9b::7f00:1', 'private'],
    ['/ip6/2002:7f00:1::', 'private'],
    ['/ip6/2001::1', 'private'],
    ['/ip4/172.31.255.255', 'private'],
    ['/ip4/172.32.0.0', 'public'],
    ['/ip4/239.1.1.1', 'private'],
    ['/ip4/255.255.255.255', 'private'],
    ['/dns4/router', 'private'],
    ['/dns/printer.local', 'private'],
    ['/ip4/8.8.8.8', 'public'],
    ['/ip6/2606:4700::1111', 'public'],
    ['/dns/relay.example.org', 'public'],
  ]
  for (const [head, expected] of rows) expect([head, reach(head)]).toEqual([head, expected])
  expect(reachOfIp('172.20.0.5')).toBe('private')
  const may = (own: Reach): Reach[] =>
    (['loopback', 'private', 'public'] as const).filter(to => mayDial(own, to))
  expect(may('public')).toEqual(['public'])
  expect(may('private')).toEqual(['private', 'public'])
  expect(may('loopback')).toEqual(['loopback', 'private', 'public'])
  expect(widestReach([`/ip4/127.0.0.1/tcp/1/ws/p2p/${peer}`, `/ip4/10.0.0.1/tcp/1/ws/p2p/${peer}`])).toBe(
    'private',
  )
  expect(widestReach([])).toBe('public')
})

test('the table keeps who came first, few of one network, and nothing that is over', async () => {
  let now = NOW
  const table = new RelayTable(() => now, { maxRelays: 3, maxPerPrefix: 2 })
  const put = async (n: number, host: string, issuedAtMs = NOW) => {
    const raw = await writeRelayRecord(TOPIC, await keyOf(n), [`/ip4/${host}/tcp/1/ws`], {
      ...times,
      issuedAtMs,
    })
    const read = await readRelayRecord(TOPIC, raw, now)
    if (read.verdict !== 'accept') throw new Error(read.code)
    return table.put(read.value)
  }
  expect(await put(1, '8.8.8.1')).toBe('new')
  expect(await put(1, '8.8.8.1')).toBe('older')
  expect(await put(2, '8.8.8.2')).toBe('new')
  expect(await put(3, '8.8.8.3')).toBe('crowded')
  expect(await put(4, '9.9.9.9')).toBe('new')
  expect(await put(5, '1.1.1.1')).toBe('full')
  expect(await put(1, '8.8.8.1', NOW + 1000)).toBe('renewed')
  now = NOW + times.lifeMs
  expect(table.list()).toHaveLength(1)
  expect(await put(5, '1.1.1.1', now)).toBe('new')
})
