import { parseConfig } from '@hexhail/authority-web/config.ts'
import { hrefOf, keyOf, parseRoute, type Route } from '@hexhail/authority-web/route.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const account = `0x${'11'.repeat(20)}`
const GOOD = {
  chainId: 31_337,
  rpcUrl: 'http://127.0.0.1:7545',
  contracts: {
    token: account,
    vault: account,
    tariffs: account,
    permits: account,
    relayRegistry: account,
    deployBlock: 0,
  },
  tariffId: 1,
  relays: [],
  auditUrl: 'http://127.0.0.1:7020',
  faucetUrl: null,
  city: {
    name: 'Montevideo',
    hash: 'x',
    url: '/city.bundle',
    centre: [-56.19, -34.9],
    bounds: [-56.4, -35, -56, -34.7],
  },
  auditKey: `0x${'22'.repeat(32)}`,
  jurisdiction: 'uy-mo',
  speed: 1,
  demo: true,
}

test('a whole configuration is taken as it is', () => {
  expect(parseConfig(GOOD)).toEqual({ verdict: 'accept', value: GOOD })
})

test.each([
  [null, 'json'],
  ['<!doctype html>', 'json'],
  [{ ...GOOD, chainId: '31337' }, 'chainId'],
  [{ ...GOOD, rpcUrl: 'here' }, 'rpcUrl'],
  [{ ...GOOD, contracts: { ...GOOD.contracts, vault: '0x12' } }, 'contracts.vault'],
  [{ ...GOOD, contracts: undefined }, 'contracts.token'],
  [{ ...GOOD, auditKey: account }, 'auditKey'],
  [{ ...GOOD, city: { ...GOOD.city, bounds: [0, 1, 2] } }, 'city.bounds'],
])('a damaged one is named by its first wrong field: %#', (json, code) => {
  expect(parseConfig(json)).toEqual({ verdict: 'reject', code })
})

test('no configuration makes it throw', () => {
  fc.assert(fc.property(fc.anything(), json => void parseConfig(json)))
})

test('a screen and its address are one', () => {
  const routes: Route[] = [
    { screen: 'overview' },
    { screen: 'map' },
    { screen: 'drivers' },
    { screen: 'tariff' },
    { screen: 'key' },
    { screen: 'trip', terms: `0x${'ab'.repeat(32)}` },
  ]
  for (const route of routes) expect(parseRoute(hrefOf(route))).toEqual(route)
  for (const odd of ['', '#', '#/', '#/trip', '#/trip/', '#nowhere', '#%']) {
    expect(parseRoute(odd)).toEqual({ screen: 'overview' })
  }
})

test('a key is read from the address only when it stands there alone', () => {
  expect(keyOf('#key=0xabc123')).toBe('0xabc123')
  expect(keyOf('#key=0xabc,0xdef')).toBe('0xabc,0xdef')
  for (const none of ['', '#/key', '#key=', '#key=a b', '#/overview?key=0x1']) expect(keyOf(none)).toBeNull()
})
