import { concat } from './hex.ts'
import type { PrivateMessage } from './messages.ts'
import type { RiderEffect, RiderState, Step } from './rider-state.ts'

type Body = Extract<PrivateMessage, { name: 'card' }>['body']

/** What the authority vouches for of the chosen driver: all that the rider is shown. */
export interface ShownCard {
  readonly name: string
  /** A small JPEG or WebP; empty without one. */
  readonly photo: Uint8Array
  readonly plate: string
  readonly make: string
  readonly model: string
  readonly colour: string
}

/**
 * The driver's card as the rider's device judged it. `bad`: it is not what the authority and the chain say of him, and the
 * exact place is not told unless the rider wants it `anyway`. `unread`: nobody could be asked.
 */
export type RiderCard =
  | { readonly state: 'checking' | 'unread' }
  | { readonly state: 'good'; readonly shown: ShownCard }
  | { readonly state: 'bad'; readonly code: string; readonly anyway: boolean }

/** Pieces of a card, at most. */
const MOST_PARTS = 10

/** No card has come: of a new trip, and of a new choice. */
export const NO_CARD = { cardParts: [], card: null } as const

/** True while the exact place is kept back: the card is being looked at, or it is bad. */
export const holdsBack = ({ card }: Pick<RiderState, 'card'>): boolean =>
  card?.state === 'checking' || (card?.state === 'bad' && !card.anyway)

/** A piece of the chosen driver's card; with the last one the card is checked. One card a choice. */
export function takeCard(state: RiderState, { part, of, bytes }: Body): Step<RiderState, RiderEffect> {
  const { chosen, digest, cardParts, card } = state
  if (!chosen || !digest || card || part !== cardParts.length || part >= of || of > MOST_PARTS)
    return { state, effects: [] }
  const parts = [...cardParts, bytes]
  if (parts.length < of) return { state: { ...state, cardParts: parts }, effects: [] }
  const { account, key } = chosen
  return {
    state: { ...state, cardParts: [], card: { state: 'checking' } },
    effects: [{ type: 'checkCard', trip: digest, account, key, bytes: concat(...parts) }],
  }
}
