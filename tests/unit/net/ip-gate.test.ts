import { ipGate } from '@hexhail/net/ip-gate.ts'
import { networkPrefix } from '@hexhail/net/network-prefix.ts'
import { expect, test } from 'vitest'

test('a network is the /24 of an IPv4, the /48 of an IPv6 address, the last two labels of a name', () => {
  expect(networkPrefix('203.0.113.77')).toBe('203.0.113')
  expect(networkPrefix('::ffff:203.0.113.5')).toBe('203.0.113')
  expect(networkPrefix('2001:0DB8:1::7')).toBe('2001:db8:1')
  expect(networkPrefix('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1')
  expect(networkPrefix('2001:db8::9')).toBe('2001:db8:0')
  expect(networkPrefix('::1')).toBe('0:0:0')
  expect(networkPrefix('a.Relays.example.org.')).toBe('example.org')
})

test('one network has a limit of its own, and what closes makes room', () => {
  const gate = ipGate({ maxPerIp: 2, newPerIp: { perS: 100, burst: 100 } }, () => 0)
  for (const ip of ['203.0.113.1', '203.0.113.2']) {
    expect(gate.admits(ip)).toBe(true)
    gate.opened(ip)
  }
  expect(gate.admits('203.0.113.3')).toBe(false)
  expect(gate.admits('203.0.114.3')).toBe(true)
  gate.closed('203.0.113.1')
  expect(gate.admits('203.0.113.3')).toBe(true)
})

test('new connections of one network come at a rate', () => {
  let now = 0
  const gate = ipGate({ maxPerIp: 64, newPerIp: { perS: 5, burst: 3 } }, () => now)
  const tries = (): boolean[] => [1, 2, 3, 4].map(() => gate.admits('198.51.100.1'))
  expect(tries()).toEqual([true, true, true, false])
  now = 400
  expect(tries()).toEqual([true, true, false, false])
})

test('this machine is exempt', () => {
  const gate = ipGate({ maxPerIp: 1, newPerIp: { perS: 1, burst: 1 } }, () => 0)
  for (let i = 0; i < 50; i++) {
    expect(gate.admits('127.0.0.1')).toBe(true)
    gate.opened('127.0.0.1')
  }
})
