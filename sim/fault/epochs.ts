import { fromHex } from '@hexhail/protocol/hex.ts'
import { peerName } from '@hexhail/protocol/peer-name.ts'
import { mayChange } from '@hexhail/protocol/rider-swap.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { SimDriver } from './driver.ts'
import type { SimRider } from './rider.ts'
import type { World } from './world.ts'

/** Epochs are this long, ms. */
const EPOCH_MS = 4_000
/** A commit holds so long, ms. */
const HOLD_MS = 16_000

/**
 * What the epochs of an area come to, told to the devices: riders wait in them, drivers bid, the farthest of those who bid
 * is given the ride first, and a nearer one the held ride later, so that as many rides as can be change hands.
 */
export function startEpochs(
  world: World,
  riders: readonly SimRider[],
  drivers: readonly SimDriver[],
  untilMs: number,
): void {
  const nameOf = (key: Hex): string => peerName(fromHex(key))
  const end = (): void => {
    const epoch = Math.floor(world.now() / EPOCH_MS)
    for (const { trip, key, tell } of riders) {
      const now = trip()
      if (!now) continue
      const isHeld = mayChange(now, world.now())
      if (now.phase !== 'offered' && !isHeld) continue
      const request = nameOf(key)
      if (!now.part) tell({ type: 'market', request })
      const outs = drivers.flatMap(driver => {
        const out = driver.shift()?.offers.find(({ tag }) => now.offers.some(offer => offer.tag === tag))
        const isHis = out?.tag === now.chosen?.tag || driver.shift()?.trip
        return out && !isHis ? [{ driver, out }] : []
      })
      for (const { driver, out } of outs) {
        if (out.bid) continue
        const { card } = out
        const times = { issuedAtMs: world.now(), expiresAtMs: world.now() + 60_000 }
        driver.tell({ ...card, ...times, type: 'request', called: { idleS: 0 } })
      }
      const bidders = outs.filter(({ out }) => out.bid).sort((a, b) => b.out.etaS - a.out.etaS)
      const found = isHeld ? bidders.at(-1) : bidders[0]
      if (!found) continue
      const from = isHeld && now.chosen ? nameOf(now.chosen.key) : null
      const moves = [{ request, from, to: nameOf(found.driver.key) }]
      found.driver.tell({ type: 'take', epoch, request, moves, holdMs: HOLD_MS })
    }
  }
  const next = (): void => {
    world.after(EPOCH_MS, () => {
      if (world.now() > untilMs) return false
      end()
      next()
    })
  }
  next()
}
