import type { DriverTrip, SentOffer } from '@hexhail/protocol/driver-state.ts'

/** What became of an offer: `asked` = the rider wants it firm; `lapsed` = nobody answered; `gone` = taken back or given to another. */
export type OfferFate = 'waiting' | 'asked' | 'chosen' | 'lapsed' | 'gone'

/** An offer as the page lists it. */
export interface OfferLine {
  readonly offer: SentOffer
  readonly fate: OfferFate
  /** When it left the shift's own list; 0 while it is out. */
  readonly endedAtMs: number
}

/** An offer that has ended stays on the page this long, ms. */
const SHOWN_MS = 12_000

/** The board after a change of the shift: what is out, and for a moment what has just ended. */
export function offerBoard(
  board: readonly OfferLine[],
  offers: readonly SentOffer[],
  trip: Pick<DriverTrip, 'tag'> | null,
  nowMs: number,
): readonly OfferLine[] {
  const was = (tag: string): OfferFate | undefined => board.find(line => line.offer.tag === tag)?.fate
  // The chosen one stands in the shift's list until its trip is over; after that it is no offer any more.
  const out = offers
    .filter(({ tag, expiresAtMs }) => tag === trip?.tag || (was(tag) !== 'chosen' && expiresAtMs > nowMs))
    .map(offer => ({ offer, fate: fateOf(offer, trip), endedAtMs: 0 }))
  const ended = board
    .filter(({ fate }) => fate !== 'chosen')
    .filter(({ offer }) => !out.some(line => line.offer.tag === offer.tag))
    .map(line =>
      line.endedAtMs ? line : { ...line, fate: endOf(line.offer, trip, nowMs), endedAtMs: nowMs },
    )
    .filter(line => nowMs - line.endedAtMs < SHOWN_MS)
  return [...out, ...ended]
}

function fateOf(offer: SentOffer, trip: Pick<DriverTrip, 'tag'> | null): OfferFate {
  if (trip?.tag === offer.tag) return 'chosen'
  return offer.asked ? 'asked' : 'waiting'
}

function endOf(offer: SentOffer, trip: Pick<DriverTrip, 'tag'> | null, nowMs: number): OfferFate {
  if (trip?.tag === offer.tag) return 'chosen'
  return nowMs >= offer.expiresAtMs ? 'lapsed' : 'gone'
}
