import type { Card, DriverEffect, DriverEvent, DriverState } from './driver-state.ts'
import { equalBytes } from './hex.ts'
import type { Step } from './rider-state.ts'

type Heard = Extract<DriverEvent, { type: 'request' }>

/**
 * A request that the driver knows is said again: only where its answers go may be new, for a rider's page that was loaded
 * again has another address. Her newest words count, whatever way older ones took; nothing is offered or agreed anew.
 */
export function heardAgain(state: DriverState, heard: Heard): Step<DriverState, DriverEffect> {
  const isNews = ({ card }: { readonly card: Card }): boolean =>
    card.key === heard.key &&
    equalBytes(card.request.requestId, heard.request.requestId) &&
    heard.issuedAtMs > card.issuedAtMs
  const renewed = (card: Card): Card => ({
    ...card,
    request: { ...card.request, replyTo: heard.request.replyTo },
    issuedAtMs: heard.issuedAtMs,
  })
  const addrs = heard.request.replyTo
  const moved = state.offers.filter(o => isNews(o) && o.card.request.replyTo.join() !== addrs.join())
  return {
    state: {
      ...state,
      cards: state.cards.map(card => (isNews({ card }) ? renewed(card) : card)),
      offers: state.offers.map(out => (isNews(out) ? { ...out, card: renewed(out.card) } : out)),
    },
    effects: moved.map(({ tag }) => ({ type: 'reach', tag, addrs })),
  }
}
