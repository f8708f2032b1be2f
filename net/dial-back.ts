import { createBuckets, type Rate } from '@hexhail/protocol/limits.ts'
import { mayDial, type Reach, type RelayAddr, reachOfIp } from './reach.ts'

/** Bounds of what strangers can make us dial. */
interface DialBackLimits {
  readonly maxWaiting: number
  /** Candidates of one informant that may wait. */
  readonly maxPerInformant: number
  readonly abreast: number
  readonly all: Rate
  /** Dials into one network. */
  readonly perPrefix: Rate
  readonly minWaitMs: number
  readonly maxWaitMs: number
}

const LIMITS: DialBackLimits = {
  maxWaiting: 64,
  maxPerInformant: 32,
  abreast: 4,
  all: { perS: 1, burst: 64 },
  perPrefix: { perS: 1 / 15, burst: 4 },
  minWaitMs: 30_000,
  maxWaitMs: 3_600_000,
}
const MAX_FAILURES = 1000

/** What a dial-back needs. */
export interface DialBackOptions {
  /** How far our own addresses reach. */
  readonly own: () => Reach
  /** Dials the address and finds out whether a relay with that id answers there. */
  readonly prove: (target: RelayAddr, informant: string) => Promise<boolean>
  /** The IPs behind a name; without it names are dialled as they are. */
  readonly resolve?: ((name: string) => Promise<readonly string[]>) | undefined
  readonly now: () => number
  readonly limits?: Partial<DialBackLimits>
}

/** Why a candidate is not dialled. */
export type DialBackCode = 'reach' | 'waiting' | 'backoff' | 'rate' | 'queue'

/** Tries addresses that strangers gave. */
export interface DialBack {
  /** Queues the first of the addresses that may be dialled; tells why none is. */
  offer(addrs: readonly RelayAddr[], informant: string): DialBackCode | null
  stop(): void
}

/**
 * Tries whether relays are where their records say, a bounded number at a time, each network at a slow rate, and again after a
 * failure only after waits that double to an hour: nobody can make us knock on doors of his choice for long.
 */
export function dialBack(options: DialBackOptions): DialBack {
  const { own, prove, resolve, now } = options
  const limits = { ...LIMITS, ...options.limits }
  const all = createBuckets(limits.all)
  const perPrefix = createBuckets(limits.perPrefix)
  const failed = new Map<string, { untilMs: number; waitMs: number }>()
  const waiting = new Map<string, { target: RelayAddr; informant: string }>()
  const busy = new Set<string>()
  let isStopped = false

  const fail = ({ endpoint }: RelayAddr): void => {
    const waitMs = Math.min(limits.maxWaitMs, (failed.get(endpoint)?.waitMs ?? limits.minWaitMs / 2) * 2)
    failed.delete(endpoint)
    if (failed.size >= MAX_FAILURES) failed.delete(failed.keys().next().value!)
    failed.set(endpoint, { untilMs: now() + waitMs, waitMs })
  }
  const isAllowed = async (target: RelayAddr): Promise<boolean> => {
    if (resolve === undefined || /^[\d.]+$|:/.test(target.host)) return true
    const ips = await resolve(target.host)
    return ips.length > 0 && ips.every(ip => mayDial(own(), reachOfIp(ip)))
  }
  const attempt = async (target: RelayAddr, informant: string): Promise<void> => {
    busy.add(target.peer)
    const isProven = await isAllowed(target)
      .then(may => may && prove(target, informant))
      .catch(() => false)
    busy.delete(target.peer)
    if (isProven) failed.delete(target.endpoint)
    else fail(target)
    next()
  }
  const next = (): void => {
    for (const [peer, { target, informant }] of waiting) {
      if (isStopped || busy.size >= limits.abreast) return
      waiting.delete(peer)
      void attempt(target, informant)
    }
  }
  const refusal = (target: RelayAddr | undefined, informant: string): DialBackCode | null => {
    if (target === undefined) return 'reach'
    if (busy.has(target.peer) || waiting.has(target.peer)) return 'waiting'
    if ((failed.get(target.endpoint)?.untilMs ?? 0) > now()) return 'backoff'
    const told = [...waiting.values()].filter(other => other.informant === informant).length
    if (waiting.size >= limits.maxWaiting || told >= limits.maxPerInformant) return 'queue'
    const isHere = target.reach === 'loopback'
    return all.take('', now()) && (isHere || perPrefix.take(target.prefix, now())) ? null : 'rate'
  }
  return {
    offer: (addrs, informant) => {
      const target = addrs.find(addr => mayDial(own(), addr.reach) && addr.transport !== 'webrtc')
      const code = refusal(target, informant)
      if (code !== null || target === undefined) return code
      waiting.set(target.peer, { target, informant })
      next()
      return null
    },
    stop: () => {
      isStopped = true
      waiting.clear()
    },
  }
}
