import { cardOf, descriptionOf, isCard } from '@hexhail/net/session-description.ts'
import { expect, test } from 'vitest'

/** As Chromium 156 writes it, shortened. */
const CHROMIUM = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0',
  'm=application 54400 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 10.0.0.4',
  'a=candidate:2135 1 udp 2113937151 5f1c0e3e-5d5b-4b0e-9f5a-0f2f8d8a9a11.local 54400 typ host generation 0 network-cost 999',
  'a=candidate:2136 1 tcp 1518280447 10.0.0.4 9 typ host tcptype active generation 0',
  'a=candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 0.0.0.0 rport 0 generation 0',
  'a=ice-ufrag:4ZcD',
  'a=ice-pwd:2/1muCWoOi3uLifh0NuRHlWp',
  'a=ice-options:trickle',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, (_, i) => (i * 7).toString(16).padStart(2, '0').toUpperCase()).join(':')}`,
  'a=setup:actpass',
  'a=mid:0',
  'a=sctp-port:5000',
  'a=max-message-size:262144',
  '',
].join('\r\n')

const card = cardOf(CHROMIUM)!

test('a description says no more than how one end is reached and what certificate it shows', () => {
  expect(card).toEqual({
    ufrag: '4ZcD',
    pwd: '2/1muCWoOi3uLifh0NuRHlWp',
    fingerprint: Uint8Array.from({ length: 32 }, (_, i) => i * 7),
    candidates: [
      'host 2113937151 5f1c0e3e-5d5b-4b0e-9f5a-0f2f8d8a9a11.local 54400',
      'srflx 1677729535 203.0.113.7 46154',
    ],
  })
})

test('the description made of a card has the same card in it', () => {
  for (const type of ['offer', 'answer'] as const) {
    const made = descriptionOf(card, type)
    expect(cardOf(made)).toEqual(card)
    expect(made).toContain(type === 'offer' ? 'a=setup:actpass' : 'a=setup:active')
  }
})

test('nothing that breaks out of its line, or is no address, becomes a card', () => {
  const bad = [
    { ...card, ufrag: 'abcd\r\na=x' },
    { ...card, ufrag: 'abc' },
    { ...card, pwd: 'short' },
    { ...card, fingerprint: new Uint8Array(20) },
    { ...card, candidates: [] },
    { ...card, candidates: ['host 1 10.0.0.1 5000\r\na=x'] },
    { ...card, candidates: ['relay 1 10.0.0.1 5000'] },
    { ...card, candidates: ['host 1 10.0.0.1 70000'] },
    { ...card, candidates: Array<string>(7).fill(card.candidates[0]!) },
  ]
  expect(bad.filter(isCard)).toEqual([])
  expect(isCard(card)).toBe(true)
  expect(cardOf(CHROMIUM.replace('sha-256', 'sha-1'))).toBeNull()
  expect(cardOf('')).toBeNull()
})
