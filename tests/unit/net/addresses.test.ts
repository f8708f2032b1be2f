import { circuitTargets, ipIn, isLoopback } from '@hexhail/net/addresses.ts'
import { expect, test } from 'vitest'

const RELAY = '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp'
const OTHER = '12D3KooWHFrmLWTTDD4NodngtRMEVYgxrsDMp4F9iSwYntZ9WjHa'
const PEER = '12D3KooWJ5cQ1jGq1Tn1dm3EFPj1mQhLFXKKEzaeGKrGLELYJDZQ'
const known = new Map([[RELAY, `/ip4/127.0.0.1/tcp/7011/ws/p2p/${RELAY}`]])
const via = (relay: string, peer = PEER): string => `${relay}/p2p-circuit/p2p/${peer}`

test('a known relay is dialled by our own address, whatever the stranger wrote', () => {
  const found = circuitTargets([via(`/ip4/192.168.1.1/tcp/80/ws/p2p/${RELAY}`)], known)
  expect(found?.targets).toEqual([{ addr: via(known.get(RELAY)!), relay: RELAY }])
})

test('an unknown relay is dialled only if it is a public WebSocket', () => {
  const dialled = (head: string): number =>
    circuitTargets([via(`${head}/p2p/${OTHER}`)], known)!.targets.length
  expect(dialled('/ip4/8.8.8.8/tcp/443/wss')).toBe(1)
  expect(dialled('/dns4/relay.example.org/tcp/443/wss')).toBe(1)
  expect(dialled('/ip4/192.168.1.1/tcp/80/ws')).toBe(0)
  expect(dialled('/ip4/127.0.0.1/tcp/80/ws')).toBe(0)
  expect(dialled('/ip4/8.8.8.8/tcp/22')).toBe(0)
  expect(dialled('/rubbish/ws')).toBe(0)
})

test('addresses of other peers, straight addresses and nested circuits are left out', () => {
  const ok = via(known.get(RELAY)!)
  expect(circuitTargets([ok, via(known.get(RELAY)!, OTHER)], known)?.targets).toHaveLength(1)
  expect(circuitTargets([`/ip4/8.8.8.8/tcp/443/wss/p2p/${PEER}`], known)?.targets).toEqual([])
  expect(circuitTargets([`${ok}/p2p-circuit/p2p/${PEER}`], known)?.targets).toEqual([])
  expect(circuitTargets([], known)).toBeUndefined()
  expect(circuitTargets(['/p2p/'], known)).toBeUndefined()
})

test('an IP is read from the head of an address', () => {
  expect(ipIn('/ip4/10.1.2.3/tcp/1/ws')).toBe('10.1.2.3')
  expect(ipIn('/ip6/2001:db8::1/tcp/1')).toBe('2001:db8::1')
  expect(isLoopback(ipIn('/ip4/127.0.0.2/tcp/1'))).toBe(true)
  expect(isLoopback('127x')).toBe(false)
})
