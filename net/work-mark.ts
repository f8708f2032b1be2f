import { type AskedWork, MAX_WORK_BITS } from '@hexhail/protocol/asked-work.ts'
import { WORK_BITS } from '@hexhail/protocol/work.ts'
import type { GossipRouter } from './gossip.ts'

/** The topic by whose following a relay tells that it asks for so much work. Nothing is sent on it. */
const workMark = (bits: number): string => `/hexhail/1/work/${bits}`

/** The topic by whose following a relay tells that bonded keys need no more than the usual work. Nothing is sent on it. */
const BOND_MARK = '/hexhail/1/work/bonds'

/** Tells all neighbours that bonds are taken. */
export function announceBonds(router: GossipRouter): void {
  router.subscribe(BOND_MARK)
}

/**
 * Tells all neighbours what work is asked for, anew with each heartbeat of gossip. Asking for the least is not told.
 * Returns the way to stop.
 */
export function announceWork(router: GossipRouter, asked: AskedWork, now: () => number): () => void {
  let told = WORK_BITS
  const tell = (): void => {
    const bits = asked.bits(now())
    if (bits === told) return
    if (bits > WORK_BITS) router.subscribe(workMark(bits))
    if (told > WORK_BITS) router.unsubscribe(workMark(told))
    told = bits
  }
  router.addEventListener('gossipsub:heartbeat', tell)
  return () => router.removeEventListener('gossipsub:heartbeat', tell)
}

/**
 * The most work that any of these neighbours asks for, of a bonded key where that is so. One that asks for more than
 * anybody may is not heeded.
 */
export function askedBits(router: GossipRouter, neighbours: Iterable<string>, isBonded = false): number {
  const taking = isBonded ? router.topics.get(BOND_MARK) : undefined
  const asking = [...neighbours].filter(peer => !taking?.has(peer))
  for (let bits = MAX_WORK_BITS; bits > WORK_BITS; bits--) {
    const told = router.topics.get(workMark(bits))
    if (told !== undefined && asking.some(peer => told.has(peer))) return bits
  }
  return WORK_BITS
}
