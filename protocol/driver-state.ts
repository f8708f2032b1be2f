import type { Bid } from './bid.ts'
import type { ChainFact, TakenFact } from './chain-fact.ts'
import type { Commit, Move } from './commit.ts'
import type { DriverNotice } from './driver-notice.ts'
import type { DriverPart } from './driver-part.ts'
import type { LngLat } from './geo.ts'
import type { Pickup, PrivateMessage, Request } from './messages.ts'
import type { Agreed } from './quote.ts'
import type { CarFacts, RecordInput, ShiftPlace, ShownConcession } from './record.ts'
import type { ChatLine, Meter, Seen, Wish } from './rider-state.ts'
import type { Shared } from './sharing.ts'
import type { Hex, Receipt, Terms } from './terms.ts'
import type { TraceBook } from './trace-book.ts'
import type { TripState } from './trip.ts'

/** A request as the driver's page shows it. `etaS` is from his own coarse cell, rounded up to two minutes. */
export interface Card {
  readonly request: Request
  readonly key: Hex
  readonly etaS: number
  /** When the newest message of the request was made: `replyTo` is of that one. */
  readonly issuedAtMs: number
  readonly heardAtMs: number
  readonly expiresAtMs: number
  /** Whether the rider has called for bids: cars are scarce. */
  readonly isCalled?: boolean
}

/** An offer that is out. `tag` names its private conversation, hex without 0x. */
export interface SentOffer {
  readonly tag: string
  readonly card: Card
  readonly bp: number
  readonly etaS: number
  readonly expiresAtMs: number
  readonly asked: { readonly cell: string; readonly metres: number; readonly secs: number } | null
  /** Whether `etaS` is the firm time that the rider was told. */
  readonly isFirm: boolean
  /** What the driver bid for this rider; null while nobody else wants him. */
  readonly bid: Bid | null
}

/** A receipt with the signature that the vault takes, and the bytes of the record behind it. */
export interface SignedReceipt {
  readonly receipt: Receipt
  readonly signature: Hex
  readonly record: Uint8Array
}

/** The driver's whole knowledge of the trip he is on. */
export interface DriverTrip {
  readonly phase: TripState
  readonly tag: string
  readonly riderKey: Hex
  /** When the car is wanted, unix ms; 0 = now. */
  readonly pickupAtMs: number
  readonly terms: Terms
  readonly digest: Hex
  readonly signature: Hex
  readonly agreed: Agreed
  /** Whether the trip is reckoned by the document behind the tariff. */
  readonly byDocument: boolean
  /** What the fare is reduced by; the proof is `NO_PROOF` until it was shown and checked, and nothing is held before. */
  readonly concession: ShownConcession | null
  /** What of the request and of the offer stands in the record. */
  readonly asked: RecordInput['asked']
  readonly offered: CarFacts
  /** Number of the trip in the shift; null until a booked one comes near. */
  readonly place: ShiftPlace | null
  /** x‖y of the session key that the trip runs under. */
  readonly driverKey: Hex
  readonly trace: TraceBook
  readonly selectedAtMs: number
  readonly holdTx: Hex | null
  readonly heldAtMs: number
  readonly pickup: Pickup | null
  readonly dest: { readonly at: LngLat; readonly name: string } | null
  readonly here: Seen | null
  readonly firstEtaS: number
  readonly arrivedAtMs: number
  readonly triesLeft: number
  readonly pinSent: string
  readonly secret: Hex | null
  readonly startedAtMs: number
  readonly meter: Meter
  readonly saidAtMs: number
  readonly saidMetres: number
  readonly receipt: SignedReceipt | null
  readonly finishedAtMs: number
  readonly early: boolean
  readonly settleTx: Hex | null
  readonly triedAtMs: number
  /** What he has claimed of the vault, until the chain says so; 0 = nothing. */
  readonly claiming: bigint
  readonly cancel: {
    readonly fee: bigint
    readonly reason: number
    readonly byRider: boolean
    readonly atMs: number
  } | null
  readonly change: Wish | null
  /** Who else is in the car, as the rider was told; null: nobody. */
  readonly shared: Shared | null
  readonly facts: readonly TakenFact[]
  readonly chat: readonly ChatLine[]
  readonly stars: number
  readonly filed: boolean
  readonly notice: DriverNotice | null
  /** What an epoch had him promise; null with direct offers. With a `from` in its move he takes over from another. */
  readonly commit: Commit | null
  /** A nearer driver takes over, by these terms; null: nobody does. */
  readonly handing: { readonly terms: Terms; readonly signature: Hex } | null
}

/** The driver's shift: the requests heard, the offers out, the trip he is on. Plain data, kept on disk. */
export interface DriverState {
  readonly online: boolean
  readonly account: Hex
  readonly car: {
    readonly name: string
    readonly text: string
    readonly plate: string
    readonly seats: number
    readonly needs: number
    /** Hashes of what the driver can show; none without. */
    readonly credentials?: Omit<CarFacts, 'served'>
  }
  /** Name of the shift, its session key (x‖y) and the next number; null before the first. */
  readonly shift: { readonly id: Hex; readonly key: Hex; readonly next: number } | null
  readonly cards: readonly Card[]
  /** Requests that the driver put away, newest last: riders repeat them. */
  readonly passed: readonly Hex[]
  readonly offers: readonly SentOffer[]
  /** Cells of the requests answered lately. */
  readonly answered: readonly { readonly cell: string; readonly atMs: number }[]
  /** His part in the epochs of a busy market. */
  readonly part: DriverPart
  readonly trip: DriverTrip | null
  /**
   * Rides promised for later, the nearest first; each becomes `trip` half an hour before its pickup. Before them the ride
   * of now, if there is one, that shares the car with `trip`.
   */
  readonly booked: readonly DriverTrip[]
  /** Trips that he was done with, whose money may still move: driver-away.ts. */
  readonly away: readonly DriverTrip[]
  readonly notice: DriverNotice | null
}

/** What can happen on a driver's shift. */
export type DriverEvent =
  | { readonly type: 'tick' }
  /** `shift`: a new one begins, under new keys. */
  | {
      readonly type: 'online'
      readonly online: boolean
      readonly shift?: { readonly id: Hex; readonly key: Hex }
    }
  | { readonly type: 'car'; readonly car: DriverState['car'] }
  | {
      readonly type: 'request'
      readonly request: Request
      readonly key: Hex
      readonly etaS: number
      readonly issuedAtMs: number
      readonly expiresAtMs: number
      /** Heard in a call for bids; the driver has been idle so long. */
      readonly called?: { readonly idleS: number }
    }
  | { readonly type: 'ignore'; readonly requestId: Hex }
  | { readonly type: 'offer'; readonly requestId: Hex; readonly tag: string; readonly bp: number }
  | { readonly type: 'quote'; readonly tag: string; readonly etaS: number; readonly idleS?: number }
  /** The driver's own solution of an epoch gives him this rider; a commit is to hold so long. */
  | {
      readonly type: 'take'
      readonly epoch: number
      readonly request: string
      readonly moves: readonly Move[]
      readonly holdMs: number
    }
  | { readonly type: 'message'; readonly tag: string; readonly key: Hex; readonly message: PrivateMessage }
  | { readonly type: 'chain'; readonly fact: ChainFact }
  | { readonly type: 'undone'; readonly fact: ChainFact }
  | {
      readonly type: 'sent'
      /** Whose transaction it is. */
      readonly tag: string
      readonly effect: 'holdTx' | 'handOverTx' | 'settleTx' | 'releaseTx' | 'claimTx' | 'finalizeTx'
      readonly txHash: Hex
    }
  | {
      readonly type: 'failed'
      readonly effect: DriverEffect['type']
      readonly tag: string
      readonly code: string
    }
  | ({ readonly type: 'receiptChecked' } & SignedReceipt)
  /** `proof`: hash of the credential; null where it does not hold. `trip`: digest of the terms it was shown for. */
  | {
      readonly type: 'concessionChecked'
      readonly tag: string
      readonly trip: Hex
      readonly proof: Hex | null
    }
  /** `tag` here and below: the trip it is said of; without it the one that the driver has before him. */
  | {
      readonly type: 'position'
      readonly at: LngLat
      readonly headingDeg: number
      readonly etaS: number
      readonly tag?: string
    }
  | { readonly type: 'arrive' }
  | { readonly type: 'pin'; readonly digits: string }
  | {
      readonly type: 'meter'
      readonly metres: number
      readonly secs: number
      readonly moving: boolean
      /** Where the car is at this count, so that the signed way goes as far as the metres. */
      readonly place?: { readonly at: LngLat; readonly headingDeg: number }
      readonly tag?: string
    }
  /** The driver turns to the other ride in his car: what he does next is about that one. */
  | { readonly type: 'turn'; readonly tag: string }
  /** Others ride in the car: a ride costs so much from now on, if that is less. */
  | ({ readonly type: 'share'; readonly tag: string } & Shared)
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'answerChange'; readonly accept: boolean }
  | { readonly type: 'finish'; readonly early: boolean }
  | { readonly type: 'settle' }
  /** `tag` names a booked trip; without it the one under way is meant. */
  | { readonly type: 'release'; readonly reason: number; readonly tag?: string }
  | { readonly type: 'claim' }
  | { readonly type: 'finalize' }
  | { readonly type: 'filed'; readonly terms: Hex }
  | { readonly type: 'chat'; readonly text: string; readonly tag?: string }
  | { readonly type: 'clear' }

/** What the app must do for the shift, after the event is on disk. Each may run twice: all are idempotent. */
export type DriverEffect =
  | { readonly type: 'openOffer'; readonly offer: SentOffer }
  /** Looks for the rider there: she has said where her answers go now. */
  | { readonly type: 'reach'; readonly tag: string; readonly addrs: readonly string[] }
  | { readonly type: 'firmEta'; readonly tag: string; readonly cell: string }
  | { readonly type: 'send'; readonly tag: string; readonly message: PrivateMessage }
  /** Says how far the ride has come; the app signs the head of the trace's chain. */
  | {
      readonly type: 'report'
      readonly tag: string
      readonly message: Extract<PrivateMessage, { name: 'progress' | 'finish' }>
      readonly head: Uint8Array
    }
  | { readonly type: 'drop'; readonly tag: string }
  /** Sign a bid for a rider; one who has called already finds it in the driver's list. */
  | { readonly type: 'bid'; readonly tag: string; readonly rider: string; readonly bid: Bid }
  | { readonly type: 'commit'; readonly tag: string; readonly commit: Commit }
  | { readonly type: 'holdTx'; readonly terms: Terms; readonly signature: Hex; readonly tag: string }
  | {
      readonly type: 'checkConcession'
      readonly tag: string
      readonly trip: Hex
      readonly id: string
      readonly bytes: Uint8Array
    }
  | ({ readonly type: 'checkReceipt'; readonly key: Hex } & SignedReceipt)
  /** Show the rider the trip card: who drives, by the authority's word. */
  | {
      readonly type: 'showCard'
      readonly tag: string
      readonly trip: Hex
      readonly requestId: Hex
      /** And say that he is ready: another driver has the rider. */
      readonly isReady: boolean
    }
  /** Release his own trip and hold it for another driver, both or neither. */
  | {
      readonly type: 'handOverTx'
      readonly tag: string
      readonly terms: Terms
      readonly next: Terms
      readonly signature: Hex
    }
  | {
      readonly type: 'settleTx'
      readonly tag: string
      readonly terms: Terms
      readonly receipt: Receipt
      readonly signature: Hex
    }
  | { readonly type: 'releaseTx' | 'finalizeTx'; readonly tag: string; readonly terms: Terms }
  | {
      readonly type: 'claimTx'
      readonly tag: string
      readonly terms: Terms
      readonly amount: bigint
      readonly secret: Hex | null
    }
  | { readonly type: 'file'; readonly trip: DriverTrip }
  | { readonly type: 'notice'; readonly notice: DriverNotice }
