import { holdsBack, NO_CARD, takeCard } from '@hexhail/protocol/rider-card.ts'
import type { RiderState } from '@hexhail/protocol/rider-state.ts'
import { describe, expect, it } from 'vitest'

const DIGEST = `0x${'ab'.repeat(32)}` as const
const chosen = { account: `0x${'01'.repeat(20)}`, key: `0x${'02'.repeat(64)}` }
const state = { ...NO_CARD, chosen, digest: DIGEST } as unknown as RiderState
const piece = (part: number, of: number) => ({ part, of, bytes: Uint8Array.of(part) })

describe('a card in pieces', () => {
  it('is checked once when the last has come', () => {
    const first = takeCard(state, piece(0, 2))
    expect(first.effects).toEqual([])
    const last = takeCard(first.state, piece(1, 2))
    expect(last.effects).toEqual([{ type: 'checkCard', trip: DIGEST, ...chosen, bytes: Uint8Array.of(0, 1) }])
    expect(last.state.card).toEqual({ state: 'checking' })
    expect(takeCard(last.state, piece(0, 1)).effects).toEqual([])
  })

  it('takes no piece out of turn, no long card, and none before the terms are signed', () => {
    for (const bad of [piece(1, 2), piece(0, 11), piece(2, 2)]) expect(takeCard(state, bad).state).toBe(state)
    const early = { ...state, digest: null }
    expect(takeCard(early, piece(0, 1)).state).toBe(early)
  })
})

it('the exact place is kept back while a card is looked at, and from a bad one unless the rider says so', () => {
  expect(holdsBack({ card: null })).toBe(false)
  expect(holdsBack({ card: { state: 'checking' } })).toBe(true)
  expect(holdsBack({ card: { state: 'unread' } })).toBe(false)
  expect(holdsBack({ card: { state: 'bad', code: 'card-car', anyway: false } })).toBe(true)
  expect(holdsBack({ card: { state: 'bad', code: 'card-car', anyway: true } })).toBe(false)
})
