import { createRiderClient } from '@hexhail/client/rider-client.ts'
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

/** The office of the demo: permits at once, coin is there already. */
const office = (asked: string[]) =>
  (async (input, init) => {
    const path = new URL(String(input)).pathname
    asked.push(path)
    if (path === '/permits') await stack.permit(JSON.parse(String(init?.body)).driver as Hex)
    return new Response('{}')
  }) as typeof fetch

const config = () =>
  ({
    demo: true,
    faucetUrl: 'http://office.test',
    speed: stack.rules.timeScale,
    city: { centre: [-56.17, -34.89] },
  }) as unknown as AppConfig

async function openModel(kept: { key?: Hex; store?: never } = {}) {
  const ports = await stack.person(kept)
  const asked: string[] = []
  const init = { ports, config: config(), post: office(asked), start: [-56.17, -34.89] as const }
  return { ports, asked, init, model: await createDriverModel(init) }
}
const profile = { name: 'Bruno', text: 'BYD Dolphin, white', plate: 'stx 1234', seats: 4, needs: 8 }
const phase = (model: DriverModel, wanted: string) =>
  until(model.client.shift, shift => shift.trip?.phase === wanted)

describe('the driver’s model', () => {
  it('goes online only with a permit, and gets one from the demo’s office', async () => {
    const { model, asked } = await openModel()
    expect(model.ready.value).toBe(false)
    await model.saveProfile(profile)
    expect(model.ready.value).toBe(true)
    expect(model.permits.valid.value).toBe(false)
    expect(await model.goOnline()).toBe(false)
    expect(model.deeds.problem.value?.code).toBe('PERMIT')
    expect(await model.deeds.run('permit', () => model.permits.apply(model.profile.value))).toBe(true)
    expect(asked).toEqual(['/permits'])
    expect(model.permits.valid.value).toBe(true)
    expect(await model.goOnline()).toBe(true)
    expect(model.client.shift.value.online).toBe(true)
    await model.stop()
  }, 60_000)

  it('brings a rider to the destination, is taken up again after a reload, and has the pay in its books', async () => {
    const { model: first, ports, init } = await openModel()
    await first.saveProfile(profile)
    await first.permits.apply(profile)
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
