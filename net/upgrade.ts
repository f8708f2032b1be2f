import { createBuckets } from '@hexhail/protocol/limits.ts'
import { afterTimeout } from './after.ts'
import type { DirectAttempt, DirectDialer } from './direct-dialer.ts'
import type { After, Link } from './ports.ts'
import type { DirectCard } from './session-description.ts'

/** A word about a straight connection: «I would», an offer, the answer to it. */
export type DirectWord =
  | { readonly step: 'willing' }
  | { readonly step: 'offer' | 'answer'; readonly round: number; readonly card: DirectCard }

/** One side's way to a straight connection. */
export interface UpgradeOptions {
  /** One of the two offers, the other answers. */
  readonly role: 'offers' | 'answers'
  readonly dialer: DirectDialer
  /** Sends a word to the other side, sealed, over whatever link there is; lost words are no harm. */
  readonly tell: (word: DirectWord) => void
  /** Takes the straight link when it is made. */
  readonly join: (link: Link) => void
  /** Hears each change. */
  readonly onDirect: (isDirect: boolean) => void
  readonly now: () => number
  readonly after?: After
}

/** A conversation's way to a straight connection, for as long as its owner allows it. */
export interface Upgrade {
  /** The other side is linked (again): says that we would. */
  linked(): void
  hear(word: DirectWord): void
  /** Ends the straight connection and all efforts for one. */
  stop(): void
}

/** A connection that is not made by then is given up, ms. */
const GIVE_UP_MS = 15_000
/** Wait before a lost or failed connection is made anew, ms. */
const AGAIN_MS = 10_000
/** So often in a row is it tried, then once in two minutes: where two networks do not let it through, they never do. */
const TRIES = { perS: 1 / 120, burst: 3 }

/**
 * Makes a straight connection beside the one over relays where both sides would. Nobody tells an address before the
 * other has said that he would too, and nothing waits for it: when it fails or ends, the relays have gone on.
 */
export function createUpgrade(options: UpgradeOptions): Upgrade {
  const { role, dialer, tell, join, onDirect, now, after = afterTimeout } = options
  const tries = createBuckets(TRIES)
  let isStopped = false
  let isOtherWilling = false
  let round = 0
  let attempt: DirectAttempt | undefined
  let isTrying = false
  let link: Link | undefined
  let cancelWait = (): void => {}

  const failed = (mine: number): void => {
    if (mine !== round || isStopped) return
    attempt?.close()
    attempt = undefined
    isTrying = false
    // He may have thought better of it meanwhile. The one who answers waits for the next offer.
    isOtherWilling = false
    if (role === 'offers') cancelWait = after(AGAIN_MS, () => tell({ step: 'willing' }))
  }
  const follow = (mine: number, made: DirectAttempt): void => {
    const cancel = after(GIVE_UP_MS, () => failed(mine))
    made.link.then(
      opened => {
        cancel()
        if (mine !== round || isStopped) return void opened.close()
        link = opened
        isTrying = false
        opened.onClose(() => {
          if (link !== opened) return
          link = undefined
          onDirect(false)
          failed(mine)
        })
        if (link !== opened) return
        join(opened)
        onDirect(true)
      },
      () => {
        cancel()
        failed(mine)
      },
    )
  }
  const drop = (): void => {
    const last = link
    link = undefined
    attempt?.close()
    attempt = undefined
    if (last === undefined) return
    void last.close()
    onDirect(false)
  }
  /** Makes an attempt that nothing newer has overtaken. */
  const begin = async (mine: number, making: Promise<DirectAttempt>): Promise<DirectAttempt | undefined> => {
    const made = await making.catch(() => undefined)
    if (mine !== round || isStopped) {
      made?.close()
      return undefined
    }
    if (made === undefined) {
      failed(mine)
      return undefined
    }
    attempt = made
    follow(mine, made)
    return made
  }
  const offer = async (): Promise<void> => {
    cancelWait()
    if (isStopped || !isOtherWilling || isTrying || link !== undefined) return
    if (!tries.take('', now())) {
      cancelWait = after(1000 / TRIES.perS, () => tell({ step: 'willing' }))
      return
    }
    isTrying = true
    const mine = ++round
    const made = await begin(mine, dialer.offer())
    if (made) tell({ step: 'offer', round: mine, card: made.card })
  }
  const answer = async (theirs: number, card: DirectCard): Promise<void> => {
    if (!tries.take('', now())) return
    drop()
    const mine = ++round
    const made = await begin(mine, dialer.answer(card))
    if (made) tell({ step: 'answer', round: theirs, card: made.card })
  }

  return {
    linked: () => {
      if (!isStopped && link === undefined) tell({ step: 'willing' })
    },
    hear: word => {
      if (isStopped) return
      if (word.step === 'willing') {
        isOtherWilling = true
        if (role === 'offers') void offer()
        else if (link === undefined) tell({ step: 'willing' })
      } else if (word.step === 'offer') {
        if (role === 'answers') void answer(word.round, word.card)
      } else if (role === 'offers' && word.round === round && isTrying) {
        attempt?.accept(word.card).catch(() => failed(round))
      }
    },
    stop: () => {
      if (isStopped) return
      isStopped = true
      cancelWait()
      drop()
    },
  }
}
