/** A driver's device and a rider's device on a real chain: the card is believed while the permit stands, and no longer. */

import { driveVehicle } from '@hexhail/chain/vehicle-permit.ts'
import { createPermitWallet } from '@hexhail/client/permit-wallet.ts'
import { createCardReader } from '@hexhail/client/read-card.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QUICK } from '../chain/local-chain.ts'
import { FORM, officeWorld } from '../node/office-world.ts'

let world: Awaited<ReturnType<typeof officeWorld>>
beforeAll(async () => {
  world = await officeWorld(31)
})
afterAll(() => world.stop())

const hex = (byte: string, size: number): Hex => `0x${byte.repeat(size)}`
const TRIP = { trip: hex('ab', 32), requestId: hex('cd', 16), session: hex('ef', 64) }

async function devices() {
  const { chain, clientOf, nowMs } = world
  const driver = await chain.party()
  const { authority } = chain
  const rules = { tariff: { authority: authority.address } } as unknown as TripRules
  const now = () => nowMs
  const wallet = createPermitWallet({
    ...{ office: clientOf(), signer: driver, reader: chain.reader, rules, now },
    store: createMemoryStore(),
    drive: vehicle => driveVehicle(chain.config, driver, { authority: authority.address, vehicle }, QUICK),
  })
  const faults: unknown[] = []
  const read = createCardReader({
    ...{ office: clientOf(), reader: chain.reader, rules, now },
    store: createMemoryStore(),
    report: error => faults.push(error),
  })
  const issue = async () => {
    const waiting = world.office.desk
      .entries()
      .find(each => each.account === driver.address && each.state === 'waiting')
    await world.deed({ op: 'issue', id: waiting!.id, application: FORM, untilS: nowMs / 1_000 + 86_400 })
    return waiting!.id
  }
  const judge = async (card: Uint8Array, account = driver.address) => read({ ...TRIP, account, bytes: card })
  return { driver, wallet, issue, judge, faults }
}

describe('a driver’s card', () => {
  it('is there once the permit is collected, and the rider’s device believes it', async () => {
    const { wallet, issue, judge, faults } = await devices()
    expect(await wallet.look()).toBeNull()
    expect(await wallet.card(TRIP)).toBeNull()
    await wallet.apply(FORM)
    expect((await wallet.look())?.state).toBe('waiting')
    await issue()
    expect((await wallet.look())?.state).toBe('granted')
    const card = (await wallet.card(TRIP))!
    expect(await judge(card)).toMatchObject({ value: { name: 'Elena', plate: FORM.car.plate, make: 'BYD' } })
    expect((await wallet.look())?.state).toBe('issued')
    const again = (await wallet.card(TRIP))!
    expect(await judge(again)).toMatchObject({ verdict: 'accept' })
    expect(await judge(card, world.chain.authority.address)).toMatchObject({ code: 'card-permit' })
    expect(faults).toEqual([])
  })

  it('is not believed once the authority has suspended it, nor with a car that he left', async () => {
    const { driver, wallet, issue, judge } = await devices()
    await wallet.apply(FORM)
    const id = await issue()
    await wallet.look()
    const card = (await wallet.card(TRIP))!
    const car = { authority: world.chain.authority.address, vehicle: hex('77', 32) }
    await driveVehicle(world.chain.config, driver, car, QUICK)
    expect(await judge(card)).toMatchObject({ code: 'card-car' })
    await wallet.look() // says again which car is driven
    expect(await judge(card)).toMatchObject({ verdict: 'accept' })
    await world.deed({ op: 'suspend', id, reason: 'conduct' })
    expect(await judge(card)).toMatchObject({ verdict: 'reject' })
    expect((await wallet.look())?.state).toBe('suspended')
  })
})
