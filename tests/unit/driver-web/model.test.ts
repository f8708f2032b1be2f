import type { PermitWallet } from '@hexhail/client/permit-wallet.ts'
import { createRiderClient } from '@hexhail/client/rider-client.ts'
import { applicationOf, papersFrom } from '@hexhail/driver-web/application-form.ts'
import { earnedToday } from '@hexhail/driver-web/ledger.ts'
import { createDriverModel, type DriverModel } from '@hexhail/driver-web/model.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStack, until } from '../sim/stack.ts'

let stack: Awaited<ReturnType<typeof startStack>>
beforeAll(async () => {
  stack = await startStack()
}, 60_000)
afterAll(() => stack?.stop())

/** A permit wallet whose office grants at once. */
function permitAtOnce(driver: Hex): PermitWallet {
  let granted = false
  return {
    apply: async () => {
      await stack.permit(driver)
      granted = true
    },
    look: async () => (granted ? { state: 'issued', reason: null } : null),
    has: async () => granted,
    credentials: async () => null,
    card: async () => null,
  }
}
/** Coin is there already. */
const noFaucet: typeof fetch = async () => new Response('{}', { status: 500 })

const config = () =>
  ({
    demo: true,
    faucetUrl: 'http://office.test',
    speed: stack.rules.timeScale,
    city: { centre: [-56.17, -34.89] },
  }) as unknown as AppConfig

async function openModel(kept: { key?: Hex; store?: never } = {}) {
  const ports = await stack.person(kept)
  const permit = permitAtOnce(ports.signer.address)
  const init = {
    ports: { ...ports, permit },
    config: config(),
    post: noFaucet,
    start: [-56.17, -34.89] as const,
  }
  return { ports, init, model: await createDriverModel(init) }
}
const profile = { name: 'Bruno', text: 'BYD Dolphin, white', plate: 'stx 1234', seats: 4, needs: 8 }
const phase = (model: DriverModel, wanted: string) =>
  until(model.client.shift, shift => shift.trip?.phase === wanted)

describe('the driver’s model', () => {
  it('goes online only with a permit, and gets one from the demo’s office', async () => {
    const { model } = await openModel()
    expect(model.ready.value).toBe(false)
    await model.saveProfile(profile)
    expect(model.ready.value).toBe(true)
    expect(model.permits.valid.value).toBe(false)
    expect(await model.goOnline()).toBe(false)
    expect(model.deeds.problem.value?.code).toBe('PERMIT')
    const application = applicationOf(model.profile.value, papersFrom(profile, true, Date.now()))
    expect(await model.deeds.run('permit', () => model.permits.apply(application))).toBe(true)
    expect(model.permits.standing.value?.state).toBe('issued')
    expect(model.permits.hasCard.value).toBe(true)
    expect(model.permits.valid.value).toBe(true)
    expect(await model.goOnline()).toBe(true)
    expect(model.client.shift.value.online).toBe(true)
    await model.stop()
  }, 60_000)

  it('brings a rider to the destination, is taken up again after a reload, and has the pay in its books', async () => {
    const { model: first, ports, init } = await openModel()
    await first.saveProfile(profile)
    await first.permits.apply(applicationOf(profile, papersFrom(profile, true, Date.now())))
    await first.goOnline()
    const riderPorts = await stack.person()
    await riderPorts.writer.deposit(80_000_000n)
    const rider = await createRiderClient(riderPorts)
    const places = [
      [-56.172, -34.892],
      [-56.155, -34.875],
    ] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    await rider.request(plan!)
    const card = await until(first.card, each => each !== null)
    const id = toHex(card!.request.requestId)
    first.setPrice(id, 99_999)
    expect(first.priceOf(id)).toBe(stack.rules.tariff.maxBp)
    first.setPrice(id, 11_000)
    await first.offer(id)
    await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(o => o.firm))
    await until(first.offers, lines => lines[0]?.fate === 'asked')
    await rider.choose(rider.ranked.value[0]!.tag)
    await phase(first, 'held')
    await first.stop()

    const model = await createDriverModel(init)
    expect(model.profile.value.plate).toBe('STX 1234')
    await until(model.client.shift, shift => shift.trip?.pickup?.rider === 'Ana')
    await until(model.near, near => near)
    await model.act({ type: 'arrive' })
    const door = await until(rider.trip, trip => trip?.phase === 'arrived')
    await model.act({ type: 'pin', digits: door!.pin })
    await phase(model, 'riding')
    await until(model.ahead, ahead => ahead !== null && ahead.leftM > 500)
    await until(model.near, near => near)
    await model.act({ type: 'finish', early: false })
    await until(model.client.shift, shift => shift.trip?.receipt?.receipt.fare === shift.trip?.agreed.fare)
    await model.act({ type: 'settle' })
    await until(model.client.shift, shift => shift.trip?.phase === 'settled' && shift.trip.filed)
    const trips = await until(model.purse.trips, each => each[0]?.state === 'settled')
    const { free } = await stack.reader.account(ports.signer.address)
    expect(earnedToday(trips, Date.now())).toEqual({ sum: free, trips: 1 })
    expect(trips[0]!.earned).toBe(free)
    await model.next()
    expect(model.client.shift.value.trip).toBeNull()
    expect(model.client.history.value).toHaveLength(1)
    const before = await stack.reader.tokenBalance(ports.signer.address)
    expect(await model.withdraw(ports.signer.address, free)).toBe(true)
    expect(await stack.reader.tokenBalance(ports.signer.address)).toBe(before + free)
    expect(model.purse.vault.value).toBe(0n)
    await model.stop()
    await rider.stop()
  }, 120_000)
})
