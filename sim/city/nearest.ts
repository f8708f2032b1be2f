import { createSimNetwork, type SimNetwork } from './sim-network.ts'
import type { Matchmaker, SimDriver, SimRider, World } from './world.ts'

const OFFERS = 8
const ASKED = 4
const AGAIN_MS = 1_000

/** Each rider for himself: asks the nearest of those who offered, one after the other, and begins anew when all refused. */
export function nearest(world: World): Matchmaker & { readonly network: SimNetwork } {
  const { clock, drivers, scenario } = world
  const network = createSimNetwork(world)
  const patienceDs = 10 * scenario.behaviour.pickupS
  const declined = new Set<string>()
  const again = (rider: SimRider, ms: number): void =>
    clock.at(clock.nowMs + ms + world.network.below(AGAIN_MS), () => ask(rider))

  const ask = (rider: SimRider): void => {
    if (rider.stage !== 'waits') return
    network.publish(network.viewOf(rider.id), () => {})
    const offers = drivers
      .filter(driver => world.isIdle(driver) && !declined.has(`${rider.id} ${driver.id}`))
      .map(driver => ({ driver, etaDs: world.pickupDs(driver, rider) }))
      .filter(({ etaDs }) => etaDs < patienceDs)
      .sort((a, b) => a.etaDs - b.etaDs || a.driver.id - b.driver.id)
      .slice(0, OFFERS)
    clock.at(clock.nowMs + Math.max(500, 4 * network.medianMs()), () =>
      choose(
        rider,
        offers.map(o => o.driver),
        0,
      ),
    )
  }
  const choose = (rider: SimRider, offers: readonly SimDriver[], at: number): void => {
    if (rider.stage !== 'waits') return
    const driver = offers[at]
    if (driver === undefined || at === ASKED) {
      again(rider, AGAIN_MS)
      return
    }
    const [mine, his] = [network.viewOf(rider.id), network.viewOf(driver.id)]
    network.send(mine, his, () => {
      if (rider.stage !== 'waits') return
      const isFree = world.isIdle(driver)
      const takes = isFree && world.accepts()
      if (takes) world.give([{ rider: rider.id, driver: driver.id, promiseMs: Number.MAX_SAFE_INTEGER }])
      else {
        if (isFree) declined.add(`${rider.id} ${driver.id}`)
        network.send(his, mine, () => choose(rider, offers, at + 1))
      }
    })
  }
  return { network, asks: ask, isFree: () => {}, isGone: () => {} }
}
