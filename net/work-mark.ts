import { type AskedWork, MAX_WORK_BITS } from '@hexhail/protocol/asked-work.ts'
import { WORK_BITS } from '@hexhail/protocol/work.ts'
import type { GossipRouter } from './gossip.ts'

/** The topic by whose following a relay tells that it asks for so much work. Nothing is sent on it. */
const workMark = (bits: number): string => `/hexhail/1/work/${bits}`

/** Tells all neighbours what work is asked for, anew with each heartbeat of gossip. Asking for the least is not told. */
export function announceWork(router: GossipRouter, asked: AskedWork, now: () => number): void {
  let told = WORK_BITS
  router.addEventListener('gossipsub:heartbeat', () => {
    const bits = asked.bits(now())
    if (bits === told) return
    if (bits > WORK_BITS) router.subscribe(workMark(bits))
    if (told > WORK_BITS) router.unsubscribe(workMark(told))
    told = bits
  })
}

/** The most work that any of these neighbours asks for. One that asks for more than anybody may is not heeded. */
export function askedBits(router: GossipRouter, neighbours: Iterable<string>): number {
  const asking = [...neighbours]
  for (let bits = MAX_WORK_BITS; bits > WORK_BITS; bits--) {
    const told = router.topics.get(workMark(bits))
    if (told !== undefined && asking.some(peer => told.has(peer))) return bits
  }
  return WORK_BITS
}
