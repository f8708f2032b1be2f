import { type OfferLine, offerBoard } from '@hexhail/driver-web/offer-board.ts'
import type { SentOffer } from '@hexhail/protocol/driver-state.ts'
import { describe, expect, it } from 'vitest'

const offer = (tag: string, expiresAtMs = 45_000, asked = false): SentOffer => ({
  tag,
  card: {} as SentOffer['card'],
  bp: 10_000,
  etaS: 120,
  expiresAtMs,
  isFirm: false,
  bid: null,
  asked: asked ? { cell: '', metres: 1, secs: 1 } : null,
})
const fates = (board: readonly OfferLine[]) => board.map(line => `${line.offer.tag} ${line.fate}`)

describe('the offers on the page', () => {
  it('wait, and say when the rider asks for a firm time', () => {
    const board = offerBoard([], [offer('a'), offer('b', 45_000, true)], null, 0)
    expect(fates(board)).toEqual(['a waiting', 'b asked'])
  })

  it('say for twelve seconds that they were taken or withdrawn, or that nobody answered', () => {
    const out = offerBoard([], [offer('a', 45_000), offer('b', 20_000)], null, 0)
    const ended = offerBoard(out, [], null, 30_000)
    expect(fates(ended)).toEqual(['a gone', 'b lapsed'])
    expect(fates(offerBoard(ended, [], null, 41_999))).toEqual(['a gone', 'b lapsed'])
    expect(offerBoard(ended, [], null, 42_000)).toEqual([])
  })

  it('leave the board with the trip that came of them', () => {
    const chosen = offerBoard([], [offer('a')], { tag: 'a' }, 0)
    expect(fates(chosen)).toEqual(['a chosen'])
    expect(offerBoard(chosen, [offer('a')], null, 1_000)).toEqual([])
    expect(offerBoard([], [offer('a')], null, 90_000)).toEqual([])
  })
})
