import { type Keeper, type KeeperOptions, keeper, type RelaySource } from '@hexhail/net/keeper.ts'
import { afterEach, expect, test } from 'vitest'

const PEERS = [
  '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp',
  '12D3KooWHFrmLWTTDD4NodngtRMEVYgxrsDMp4F9iSwYntZ9WjHa',
  '12D3KooWJ5cQ1jGq1Tn1dm3EFPj1mQhLFXKKEzaeGKrGLELYJDZQ',
  '12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf',
]
const at = (n: number, host: string): string => `/ip4/${host}/tcp/443/tls/ws/p2p/${PEERS[n]}`

let running: Keeper | undefined
afterEach(() => running?.stop())

/** A network on which every dial succeeds at once, but for the hosts that are down. */
function world(down: readonly string[] = []) {
  const up = new Map<string, { status: string; remotePeer: string }>()
  const listeners: (() => void)[] = []
  const node = {
    peerId: { toString: () => 'self' },
    getConnections: (id: { toString(): string }) => [up.get(id.toString())].filter(c => c !== undefined),
    dial: async (addr: object) => {
      const [, , host, , , , , , peer] = String(addr).split('/')
      if (down.includes(host!)) throw new Error('down')
      up.set(peer!, { status: 'open', remotePeer: peer! })
    },
    addEventListener: (_: string, fn: () => void) => listeners.push(fn),
    removeEventListener: () => {},
  }
  const lose = (n: number): void => {
    up.delete(PEERS[n]!)
    for (const fn of listeners) fn()
  }
  return { node: node as unknown as KeeperOptions['node'], lose }
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

async function held(
  relays: readonly (readonly [string, RelaySource])[],
  { node, lose } = world(),
  lost: readonly number[] = [],
): Promise<number[]> {
  running = keeper({ node, addrs: [], want: 2, random: () => 0, now: () => 1 })
  for (const [addr, source] of relays) running.add(addr, source)
  await settle()
  for (const n of lost) lose(n)
  await settle()
  return running
    .connected()
    .map(r => PEERS.indexOf(r.id.toString()))
    .toSorted()
}

test('the most trusted relays are held, in whatever order they were told of', async () => {
  const told = [
    [at(3, '4.4.4.4'), 'gossip'],
    [at(2, '3.3.3.3'), 'registry'],
    [at(1, '2.2.2.2'), 'given'],
    [at(0, '1.1.1.1'), 'given'],
  ] as const
  const { node } = world()
  running = keeper({ node, addrs: [], want: 2, random: () => 0.5, now: () => 0 })
  for (const [addr, source] of told) running.add(addr, source)
  expect(running.relays.map(r => r.source)).toEqual(['given', 'given', 'registry', 'gossip'])
})

test('of relays in one network a second one elsewhere is held too, so that nobody can shut us in', async () => {
  const alike = [
    [at(0, '1.1.1.1'), 'given'],
    [at(1, '1.1.1.2'), 'given'],
  ] as const
  expect(await held(alike)).toEqual([0, 1])
  running?.stop()
  expect(await held([...alike, [at(2, '1.1.1.3'), 'gossip'], [at(3, '5.5.5.5'), 'gossip']])).toHaveLength(3)
  expect(running!.connected().some(r => r.source === 'gossip')).toBe(true)
})

test('relays in two networks are enough', async () => {
  const two = [
    [at(0, '1.1.1.1'), 'given'],
    [at(1, '2.2.2.2'), 'given'],
    [at(2, '3.3.3.3'), 'registry'],
  ] as const
  expect(await held(two)).toEqual([0, 1])
})

test('when the trusted are lost and down, the others take their place', async () => {
  const relays = [
    [at(0, '1.1.1.1'), 'given'],
    [at(1, '2.2.2.2'), 'given'],
    [at(2, '3.3.3.3'), 'registry'],
    [at(3, '4.4.4.4'), 'gossip'],
  ] as const
  expect(await held(relays, world(['1.1.1.1', '2.2.2.2']))).toEqual([2, 3])
  running?.stop()
  expect(await held(relays, world(), [0])).toContain(2)
})

test('a learned relay can be forgotten, a given one cannot, and one source cannot fill the list', () => {
  const { node } = world(['1.1.1.1', '2.2.2.2', '3.3.3.3'])
  running = keeper({
    node,
    addrs: [at(0, '1.1.1.1')],
    want: 2,
    random: () => 0,
    now: () => 0,
    maxPerSource: 1,
  })
  expect(running.add(at(1, '2.2.2.2'), 'gossip')).toBe(true)
  expect(running.add(at(2, '3.3.3.3'), 'gossip')).toBe(false)
  expect(running.add('/ip4/1.1.1.1/tcp/1/ws', 'gossip')).toBe(false)
  running.remove(PEERS[0]!)
  running.remove(PEERS[1]!)
  expect(running.relays.map(r => r.id.toString())).toEqual([PEERS[0]])
})
