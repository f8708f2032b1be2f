import { backoffMs } from './backoff.ts'
import type { After, Leaf, LeafStatus } from './ports.ts'

/** The rendezvous of a conversation: a gossip topic where both sides leave their new addresses, sealed. */
export interface Meet {
  readonly topic: string
  /** A gossip message that tells the other side our addresses; each call makes new bytes. */
  write(addrs: readonly string[]): Promise<Uint8Array>
  /** The other side's addresses; undefined for our own messages and for anybody else's. */
  read(data: Uint8Array): Promise<readonly string[] | undefined>
}

/** What a seeker needs. */
export interface SeekerOptions {
  readonly leaf: Leaf
  readonly meet?: Meet | undefined
  /** Dials the addresses known last and shakes hands; false when that fails. */
  readonly connect: (signal: AbortSignal) => Promise<boolean>
  readonly onPeerAddrs: (addrs: readonly string[]) => Promise<void>
  readonly random: () => number
  readonly after: After
}

/** Looks for the other side of a conversation. */
export interface Seeker {
  start(delayMs: number): void
  /** Tries at once, should it be looking: the other side may be somewhere else now. */
  hurry(): void
  stop(): void
}

const CONNECT_MS = 6000
/** From the third try on: on a slow machine nothing would ever be ready in time. */
const SLOW_CONNECT_MS = 15_000
/** After so many tries in vain the other page is likely closed: it will say so at the rendezvous when it is back. */
const PATIENT_TRIES = 40
const PATIENT_MS = 60_000

/**
 * Tries the last known addresses, and when they fail goes to the rendezvous as well: leaves our own addresses there and waits for
 * theirs. Tries again with full jitter, and at once when our relays change or the other side shows up.
 */
export function createSeeker(options: SeekerOptions): Seeker {
  const { leaf, meet, connect, onPeerAddrs, random, after } = options
  let isOn = false
  let attempt = 0
  let isTrying = false
  let isHurried = false
  let cancelWait = (): void => {}
  let dialling = new AbortController()
  let leaveMeet: (() => void) | undefined
  let stopStatus = (): void => {}
  let surroundings = ''

  const announce = async (): Promise<void> => {
    const addrs = leaf.addrs()
    if (meet === undefined || addrs.length === 0 || leaf.audience(meet.topic) === 0) return
    await leaf.publish(meet.topic, await meet.write(addrs))
  }
  const listen = (): void => {
    if (meet === undefined || leaveMeet !== undefined) return
    leaveMeet = leaf.subscribe(meet.topic, data => void hear(data).catch(() => {}))
  }
  const hear = async (data: Uint8Array): Promise<void> => {
    const addrs = await meet?.read(data)
    if (addrs === undefined || addrs.length === 0 || !isOn) return
    await onPeerAddrs(addrs)
    hurry()
  }
  const hurry = (): void => {
    if (!isOn) return
    attempt = 0
    if (isTrying) {
      isHurried = true
      dialling.abort()
    } else wait(0)
  }
  const wait = (delayMs: number): void => {
    cancelWait()
    cancelWait = after(delayMs, () => void tryOnce())
  }
  const tryOnce = async (): Promise<void> => {
    if (!isOn || isTrying) return
    isTrying = true
    dialling = new AbortController()
    const { signal } = dialling
    const cancelTimeout = after(attempt < 2 ? CONNECT_MS : SLOW_CONNECT_MS, () => dialling.abort())
    const isDone = await connect(signal).catch(() => false)
    cancelTimeout()
    isTrying = false
    if (!isOn) return
    if (!isDone) {
      listen()
      await announce().catch(() => {})
      if (!isOn || isTrying) return
    }
    const waitMs = attempt < PATIENT_TRIES ? backoffMs(attempt, random, 50) : random() * PATIENT_MS
    attempt++
    wait(isHurried ? 0 : waitMs)
    isHurried = false
  }
  const onStatus = (status: LeafStatus): void => {
    const addrs = status.addrs.join()
    const now = `${status.relays} ${addrs} ${meet ? leaf.audience(meet.topic) : ''}`
    if (now === surroundings) return
    surroundings = now
    void announce().catch(() => {})
    if (!isTrying) hurry()
  }
  return {
    start: delayMs => {
      if (isOn) return
      isOn = true
      attempt = 0
      stopStatus = leaf.onStatus(onStatus)
      wait(delayMs)
    },
    hurry,
    stop: () => {
      isOn = false
      dialling.abort()
      cancelWait()
      stopStatus()
      leaveMeet?.()
      leaveMeet = undefined
    },
  }
}
