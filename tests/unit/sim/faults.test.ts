import { createDriverClient } from '@hexhail/client/driver-client.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Cable, layCable, startFarRider } from './far-rider.ts'
import { portOf, startStack, until } from './stack.ts'

/** Dead connections are noticed after two of these without an answer; everything here is in scale with it. */
const PING_MS = 700
const HERE: LngLat = [-56.171, -34.891]
const PLAN = {
  pickup: [-56.172, -34.892],
  pickupName: 'Calle 1',
  dest: [-56.162, -34.886],
  destName: 'Calle 2',
  metres: 1_600,
  secs: 200,
  seats: 1,
  needs: 0,
  pickupAtMs: 0,
  riderName: 'Ana',
} as const

let stack: Awaited<ReturnType<typeof startStack>>
let cable: Cable | null
beforeAll(async () => {
  stack = await startStack({ pingMs: PING_MS })
  cable = layCable()
}, 60_000)
afterAll(async () => {
  await stack?.stop()
  cable?.remove()
})

it('a trip goes on over dead relays, a frozen rider and a pulled cable, and loses no word', async () => {
  if (!cable) console.log('No network namespace can be made here: the cable is not pulled.')
  const ports = await stack.person()
  await stack.permit(ports.signer.address)
  const car = { name: 'Bruno', text: 'BYD Dolphin, white', plate: 'STX 1234', seats: 4, needs: 0 }
  const driver = await createDriverClient(ports, car)
  const wallet = await stack.person()
  await wallet.writer.deposit(80_000_000n)
  await wallet.leaf.stop()
  const host = cable?.host ?? '127.0.0.1'
  const rpc = cable ? await cable.forward(stack.anvil.port) : stack.anvil.port
  const rider = await startFarRider(
    {
      config: { ...stack.config, rpcUrl: `http://${host}:${rpc}` },
      tariffId: stack.rules.tariffId,
      timeScale: stack.rules.timeScale,
      relays: stack.relays.map(relay => `/ip4/${host}/tcp/${portOf(relay)}/ws/p2p/${relay.peerId}`),
      pingMs: PING_MS,
      key: wallet.key,
    },
    cable,
  )
  await driver.goOnline(HERE)
  rider.wish({ wish: 'request', plan: PLAN })
  const { cards } = await until(driver.shift, shift => shift.cards.length > 0)
  await driver.offer(toHex(cards[0]!.request.requestId), 10_000)
  await rider.sees(report => report.firm === 1)
  rider.wish({ wish: 'choose' })
  await rider.sees(report => report.phase === 'held')
  await until(driver.shift, ({ trip }) => trip?.pickup !== null && trip?.phase === 'held')

  const lines: string[] = []
  /** Both say something now, whatever is broken. */
  const speak = async (when: string) => {
    lines.push(when)
    rider.wish({ wish: 'dispatch', event: { type: 'chat', text: when } })
    await driver.dispatch({ type: 'chat', text: when })
  }
  /** Both have all that was said, in order and once. */
  const allHeard = async () => {
    await rider.sees(report => report.heard.join() === lines.join())
    await until(
      driver.shift,
      ({ trip }) =>
        trip?.chat
          .filter(line => !line.mine)
          .map(line => line.text)
          .join() === lines.join(),
    )
  }
  await speak('all is well')
  await allHeard()

  await stack.relays[0]!.stop()
  await speak('one relay is dead')
  await driver.dispatch({ type: 'arrive' })
  await rider.sees(report => report.phase === 'arrived')
  await allHeard()

  await stack.relays[1]!.stop()
  await speak('both relays are dead')
  await Promise.all([stack.relayAgain(0), stack.relayAgain(1)])
  await speak('both relays are back')
  const { pin } = await rider.sees(() => true)
  await driver.dispatch({ type: 'pin', digits: pin })
  await rider.sees(report => report.phase === 'riding')
  await allHeard()

  const cutOff = () => until(driver.linked, linked => !linked)
  rider.freeze()
  await cutOff()
  await driver.dispatch({ type: 'chat', text: 'the rider is frozen' })
  lines.push('the rider is frozen')
  rider.thaw()
  rider.wish({ wish: 'dispatch', event: { type: 'chat', text: 'the rider is frozen' } })
  await allHeard()

  if (cable) {
    cable.plug(false)
    await cutOff()
    await speak('the cable is out')
    cable.plug(true)
    await allHeard()
  }
  await driver.dispatch({ type: 'finish', early: false })
  await rider.sees(report => report.phase === 'finished' && BigInt(report.fare) > 0n)
  rider.wish({ wish: 'dispatch', event: { type: 'tip', amount: 100_000n } })
  const settled = await rider.sees(report => report.phase === 'settled')
  expect(BigInt(settled.fare)).toBe(fareOf(stack.rules.tariff, PLAN.metres, PLAN.secs, 10_000))
  expect(stack.faults).toEqual([])
  await driver.stop()
  await rider.stop()
}, 180_000)
