import type { SignedBid } from './bid.ts'
import type { ChainFact, TakenFact } from './chain-fact.ts'
import type { Commit } from './commit.ts'
import type { SignedReceipt } from './driver-state.ts'
import type { LngLat } from './geo.ts'
import type { Car, PrivateMessage } from './messages.ts'
import type { Agreed } from './quote.ts'
import type { CarFacts, ShownConcession } from './record.ts'
import type { RiderCard } from './rider-card.ts'
import type { RiderNotice } from './rider-notice.ts'
import type { RiderPart } from './rider-part.ts'
import type { Promised } from './rider-promise.ts'
import type { Draft } from './rider-receipt.ts'
import type { Former, Swap } from './rider-swap.ts'
import type { Shared } from './sharing.ts'
import type { Tariff } from './tariff.ts'
import type { Domain, Hex, Receipt, Terms } from './terms.ts'
import type { TraceBook } from './trace-book.ts'
import type { TripState } from './trip.ts'
import type { ClassDocument } from './trip-tariff.ts'

/** What the rider wants, with exact places: it never leaves the device before a driver is held. */
export interface RidePlan {
  readonly pickup: LngLat
  readonly pickupName: string
  readonly dest: LngLat
  readonly destName: string
  readonly metres: number
  readonly secs: number
  readonly seats: number
  readonly needs: number
  /** When the car is wanted, unix ms; 0 = now. Later ones lie on the grid of later.ts. */
  readonly pickupAtMs: number
  readonly riderName: string
  /** The way in cells as fine as zones are drawn, for the charges of the quote; it never leaves the device. */
  readonly path?: readonly string[]
  /** Id in the tariff's document of the concession that the rider wants to show; none: absent. */
  readonly concession?: string
  /** True where no nearer driver may take over. */
  readonly keepsDriver?: boolean
}

/** A driver's answer as the rider keeps it. `tag` names the private conversation, hex without 0x. */
export interface OfferEntry {
  readonly tag: string
  readonly key: Hex
  readonly account: Hex
  readonly etaS: number
  readonly firm: boolean
  readonly bp: number
  readonly fare: bigint
  /** Zones and tolls of the way that is planned, on top of the fare. */
  readonly charges: bigint
  /** Whether the driver has the document behind the tariff as well: then both reckon by it. */
  readonly byDocument: boolean
  readonly seats: number
  readonly needs: number
  readonly car: string
  /** What the record will say of car and credentials. */
  readonly facts: CarFacts
  readonly expiresAtMs: number
  readonly receivedAtMs: number
  readonly refined: boolean
  /** What he bid, where others want him too. */
  readonly bid?: SignedBid
}

/** Where the chosen driver is. */
export interface Seen {
  readonly at: LngLat
  readonly headingDeg: number
  readonly etaS: number
  readonly atMs: number
}

/** A line of the conversation. */
export interface ChatLine {
  readonly mine: boolean
  readonly text: string
  readonly atMs: number
}

/** A new destination asked for while riding; metres and secs are of the whole trip. */
export interface Wish {
  readonly dest: LngLat
  readonly destName: string
  readonly metres: number
  readonly secs: number
  readonly fare: bigint
}

/** How far a ride has come, by the driver's meter. */
export interface Meter {
  readonly metres: number
  readonly secs: number
  readonly waitSecs: number
  readonly toll: bigint
}

/** The rider's whole knowledge of one trip: plain data, kept on disk after every event. */
export interface RiderState {
  readonly phase: TripState
  readonly plan: RidePlan
  readonly requestId: Hex
  /** Boarding secret, salt of the record, PIN: made once, told to the driver at the door. */
  readonly secret: Hex
  readonly salt: Hex
  readonly pin: string
  readonly requestedAtMs: number
  readonly step: number
  readonly widenAtMs: number
  /** Drivers that heard each step, as the relays told it: 0..5, then rounded down to 10, 20, 50 …; null = not told. */
  readonly heard: readonly (number | null)[]
  /** Cells that come within so many metres of the pickup were asked first. */
  readonly radiusM: number
  readonly offers: readonly OfferEntry[]
  /** The rider's part in the epochs of a busy market; null with direct offers. */
  readonly part: RiderPart | null
  readonly chosen: OfferEntry | null
  readonly selectedAtMs: number
  readonly terms: Terms | null
  /** The quote in force: of the terms, or of the last agreed change. */
  readonly agreed: Agreed | null
  /** Whether the trip is reckoned by the document behind the tariff. */
  readonly byDocument: boolean
  /** What the fare of the terms is reduced by; the proof is `NO_PROOF` until the terms are signed. */
  readonly concession: ShownConcession | null
  readonly digest: Hex | null
  readonly signature: Hex | null
  readonly leaving: boolean
  /** A nearer driver who is about to take over; null: none. */
  readonly swap: Swap | null
  /** The driver whom he has taken over from, as long as the chain may take that back. */
  readonly former: Former | null
  /** Signed terms of drivers who were let go: their holds may still come. */
  readonly promised: readonly Promised[]
  readonly heldAtMs: number
  /** True once the held driver was told the exact place. */
  readonly told: boolean
  readonly holdTx: Hex | null
  readonly car: Car | null
  /** Pieces of the driver's card that have come. */
  readonly cardParts: readonly Uint8Array[]
  readonly card: RiderCard | null
  readonly seen: Seen | null
  readonly firstSeenEtaS: number
  readonly arrivedAtMs: number
  readonly triesLeft: number
  readonly startedAtMs: number
  readonly meter: Meter
  readonly receipt: Receipt | null
  /** The newest signed receipt with the bytes of its record, for filing; none before the first. */
  readonly signed: SignedReceipt | null
  readonly signing: Draft | null
  /** The way as the driver told it, and his newest signature over the chain's head. */
  readonly trace: TraceBook
  readonly headSignature: Uint8Array | null
  /** True once the record is in safe hands. */
  readonly filed: boolean
  readonly finishedAtMs: number
  readonly tip: bigint
  readonly cancel: {
    readonly fee: bigint
    readonly reason: number
    readonly atMs: number
    readonly onChain: boolean
  } | null
  /** A wish that the driver has not answered yet. */
  readonly change: Wish | null
  /** Who else is in the car, as the driver told; null: nobody. */
  readonly shared: Shared | null
  /** When the vault was last asked to give the hold back, or to close the case. */
  readonly releasedAtMs: number
  readonly facts: readonly TakenFact[]
  readonly chat: readonly ChatLine[]
  readonly stars: number
  readonly notice: RiderNotice | null
}

/** What can happen to a rider's trip. */
export type RiderEvent =
  | { readonly type: 'tick' }
  /** A step was published: to how many neighbours that pass it on, and what relays say of who hears it. */
  | {
      readonly type: 'published'
      readonly step: number
      readonly reached: number
      readonly drivers: number | null
      readonly radiusM: number
    }
  | { readonly type: 'message'; readonly tag: string; readonly key: Hex; readonly message: PrivateMessage }
  /** By the device's own rule: in epochs under this name, or null for direct offers. */
  | { readonly type: 'market'; readonly request: string | null }
  /** `driver` is an epoch's name: who was to commit and did not, took another rider, or was caught promising two rides. */
  | { readonly type: 'silent' | 'taken' | 'double'; readonly driver: string }
  | { readonly type: 'withdraw' }
  | {
      readonly type: 'choose'
      readonly tag: string
      readonly rider: Hex
      readonly session: Hex
      readonly lane: number
      readonly seq: bigint
    }
  | {
      readonly type: 'termsSigned'
      readonly digest: Hex
      readonly signature: Hex
      /** The concession as it is shown to the driver, where the terms are reduced by one. */
      readonly showing?: { readonly presentation: Uint8Array; readonly proof: Hex }
    }
  | { readonly type: 'receiptSigned'; readonly receipt: Receipt; readonly signature: Hex }
  | { readonly type: 'failed'; readonly effect: RiderEffect['type']; readonly code: string }
  | { readonly type: 'chain'; readonly fact: ChainFact }
  | { readonly type: 'undone'; readonly fact: ChainFact }
  /** `shownFee`: what the screen said it costs when the rider said yes; never more is charged. Said again: do not wait for the driver. */
  | { readonly type: 'cancel'; readonly reason: number; readonly shownFee: bigint }
  | { readonly type: 'cardChecked'; readonly trip: Hex; readonly card: RiderCard }
  /** Ride although the card is bad. */
  | { readonly type: 'rideAnyway' }
  | { readonly type: 'newPin'; readonly pin: string }
  | { readonly type: 'tip'; readonly amount: bigint }
  | {
      readonly type: 'change'
      readonly dest: LngLat
      readonly destName: string
      readonly metres: number
      readonly secs: number
    }
  | { readonly type: 'stopHere' }
  | { readonly type: 'chat'; readonly text: string }
  | { readonly type: 'rate'; readonly stars: number }
  | { readonly type: 'contest'; readonly admitted: bigint }
  | { readonly type: 'finalize' }
  | { readonly type: 'filed' }

/** What the app must do for the trip, after the event is on disk. Each may run twice: all are idempotent. */
export type RiderEffect =
  | { readonly type: 'publish'; readonly step: number }
  | { readonly type: 'send'; readonly tag: string; readonly message: PrivateMessage }
  | { readonly type: 'drop'; readonly tag: string }
  /** Countersign a driver's commit, in public, and choose him. */
  | {
      readonly type: 'confirm'
      readonly tag: string
      readonly key: Hex
      readonly commit: Commit
      readonly signature: Uint8Array
    }
  /** Ask a driver for a firm time; the app adds the pickup's res-9 cell. */
  | { readonly type: 'refine'; readonly tag: string; readonly metres: number; readonly secs: number }
  /** `concession`: id of what is to be shown with the terms; none: absent. */
  | { readonly type: 'signTerms'; readonly terms: Terms; readonly concession?: string }
  | { readonly type: 'signReceipt'; readonly receipt: Receipt }
  | {
      readonly type: 'checkCard'
      readonly trip: Hex
      readonly account: Hex
      readonly key: Hex
      readonly bytes: Uint8Array
    }
  | { readonly type: 'cancelTx'; readonly terms: Terms }
  | { readonly type: 'releaseTx'; readonly terms: Terms }
  | { readonly type: 'contestTx'; readonly terms: Terms; readonly admitted: bigint }
  | { readonly type: 'finalizeTx'; readonly terms: Terms }
  /** Keep the record for the authority, should the driver not file it. */
  | { readonly type: 'file'; readonly signed: SignedReceipt; readonly headSignature: Uint8Array | null }
  | { readonly type: 'notice'; readonly notice: RiderNotice }

/** What a reducer may look at beside the state: the published rules, nothing that changes by itself. */
export interface TripRules {
  readonly domain: Domain
  readonly tariffId: number
  readonly tariff: Tariff
  /** The document behind the tariff; none where it cannot be had. */
  readonly document?: ClassDocument
  /** The region's idle credit in the epochs; none: the nearest counts. */
  readonly idleCredit?: { readonly perMille: number; readonly mostDs: number }
  /** How many seconds a simulated car drives in one: 1 in the world, more in the demo. */
  readonly timeScale: number
}

/** A reducer's answer: the new state and what is to be done. */
export interface Step<State, Effect> {
  readonly state: State
  readonly effects: readonly Effect[]
}
