import { TRIP_CHECKS } from '@hexhail/audit/checks/all-checks.ts'
import { plainBooks } from '@hexhail/audit/checks/books.ts'
import { createLedger } from '@hexhail/audit/checks/ledger.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { requestIn } from '@hexhail/client/gossip.ts'
import { createRiderClient } from '@hexhail/client/rider-client.ts'
import type { Leaf } from '@hexhail/net/ports.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { encodeRecord, recordRoot } from '@hexhail/protocol/record.ts'
import { verifySession } from '@hexhail/protocol/session-key.ts'
import { fareOf } from '@hexhail/protocol/tariff.ts'
import { decodeTrace, headBytes, metresBorneOut, traceMetres } from '@hexhail/protocol/trace.ts'
import { createDriverBot } from '@hexhail/sim/driver-bot.ts'
import { randomPlan } from '@hexhail/sim/rider-bot.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { MARKET, MARKET_CHARGE, startStack, until } from './stack.ts'
import { openTownOffice } from './town-office.ts'

let stack: Awaited<ReturnType<typeof startStack>>
beforeAll(async () => {
  stack = await startStack()
}, 60_000)
afterAll(() => stack?.stop())

describe('a ride over the real network and the real chain', () => {
  it('settles the quoted fare to the unit, and files a record that opens to the same root', async () => {
    const driverPorts = await stack.person()
    await stack.permit(driverPorts.signer.address)
    const bot = await createDriverBot({
      ports: driverPorts,
      name: 'Bruno',
      car: 'BYD Dolphin, white',
      plate: 'STX 1234',
      start: [-56.17, -34.89],
      seeded: createSeeded(1),
    })
    const riderPorts = await stack.person()
    await riderPorts.writer.deposit(80_000_000n)
    const rider = await createRiderClient(riderPorts)
    const places = [[-56.172, -34.892], MARKET] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    await rider.request(plan!)
    await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(o => o.firm))
    await rider.choose(rider.ranked.value[0]!.tag)
    const held = await until(rider.trip, trip => trip?.phase === 'held')
    expect((await stack.reader.account(riderPorts.signer.address)).held).toBe(held!.terms!.hold)
    await until(rider.trip, trip => trip?.car?.plate === 'STX 1234')
    const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 250_000n })
    const settled = await until(rider.trip, trip => trip?.phase === 'settled')
    const fact = settled!.facts.at(-1)!.fact
    if (fact.fact !== 'settled') throw new Error('not settled')
    expect(fact.fare).toBe(fareOf(stack.rules.tariff, plan!.metres, plan!.secs, held!.terms!.bp))
    expect(fact.toll).toBe(MARKET_CHARGE)
    const account = await stack.reader.account(riderPorts.signer.address)
    expect(account).toEqual({ free: 80_000_000n - fact.fare - fact.wait - fact.toll - fact.tip, held: 0n })
    expect((await stack.reader.account(driverPorts.signer.address)).free).toBe(
      fact.fare + fact.wait + fact.toll + fact.tip - fact.levy,
    )
    await until(bot.client.shift, shift => shift.trip === null)
    await until(bot.client.shift, shift => shift.trip === null)
    await vi.waitFor(() => expect(stack.filed.has(fact.terms)).toBe(true), 20_000)
    const opened = createRecordOpener([stack.auditKey.privateKey]).open(stack.filed.get(fact.terms)!)
    if (opened.verdict !== 'accept' || opened.value.kind !== 'record') throw new Error('no record')
    const { record, filed } = opened.value
    expect(recordRoot(record)).toBe(fact.record)
    expect(record).toMatchObject({ shiftSeq: 0, passengers: 1, zones: [0] })
    expect(record.surcharges).toEqual([{ id: 0, amount: MARKET_CHARGE }])
    const trace = decodeTrace(record.trace)
    if (trace.verdict !== 'accept') throw new Error(trace.code)
    expect(trace.value.samples.length).toBeGreaterThan(2)
    expect(metresBorneOut(traceMetres(trace.value.samples))).toBeGreaterThanOrEqual(record.metres)
    expect(await verifySession(record.driverKey, headBytes(record.head), filed.headSignature)).toBe(true)
    await rider.request(plan!)
    await until(rider.trip, trip => trip?.phase === 'offered')
    await rider.dispatch({ type: 'withdraw' })
    expect(rider.trip.value?.phase).toBe('withdrawn')
    expect(rider.history.value).toHaveLength(1)
    expect(stack.faults).toEqual([])
    await bot.stop()
    await rider.stop()
  }, 90_000)

  it('at a reduced fare is quoted, held, charged and recorded the same, and the audit finds nothing', async () => {
    const office = await openTownOffice(stack)
    const driverPorts = { ...(await stack.person()), readConcession: office.reader() }
    await stack.permit(driverPorts.signer.address)
    const bot = await createDriverBot({
      ports: driverPorts,
      name: 'Paula',
      car: 'Fiat Cronos, blue',
      plate: 'STX 9876',
      start: [-56.17, -34.89],
      seeded: createSeeded(3),
    })
    const concessions = office.wallet()
    const riderPorts = { ...(await stack.person()), concessions }
    await concessions.apply({ category: 'senior', name: 'Ana', evidence: 'born 1950', picture: '' })
    expect(await concessions.look()).toMatchObject({ state: 'granted', category: 'senior' })
    await riderPorts.writer.deposit(80_000_000n)
    const rider = await createRiderClient(riderPorts)
    const places = [[-56.172, -34.892], MARKET] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    await rider.request({ ...plan!, concession: 'senior' })
    await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(o => o.firm))
    const [offer] = rider.ranked.value
    await rider.choose(offer!.tag)
    const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 100_000n })
    const settled = await until(rider.trip, trip => trip?.phase === 'settled')
    const fact = settled!.facts.at(-1)!.fact
    if (fact.fact !== 'settled') throw new Error('not settled')
    const full = fareOf(stack.rules.tariff, plan!.metres, plan!.secs, settled!.terms!.bp)
    const off = (full * 4_000n) / 10_000n
    const fare = full - (off < 2_500_000n ? off : 2_500_000n)
    expect([offer!.fare, settled!.terms!.fare, fact.fare]).toEqual([fare, fare, fare])
    expect((await concessions.held())!.left).toBe(19)

    await vi.waitFor(() => expect(stack.filed.has(fact.terms)).toBe(true), 20_000)
    const opened = createRecordOpener([stack.auditKey.privateKey]).open(stack.filed.get(fact.terms)!)
    if (opened.verdict !== 'accept' || opened.value.kind !== 'record') throw new Error('no record')
    const { record } = opened.value
    expect(recordRoot(record)).toBe(fact.record)
    expect(record).toMatchObject({ fare, concession: full - fare, concessionId: 0 })
    expect(toHex(record.concessionProof)).toBe(settled!.concession!.proof)
    const { tariff, document, tariffId } = stack.rules
    const prices = { id: tariffId, tariff, document: document!.document, endsAtS: 0 }
    // A simulated car drives sixty seconds in one.
    const books = { ...plainBooks(Math.floor(riderPorts.now() / 1_000), [prices]), fastestMps: 60 * 60 }
    const ledger = createLedger(books)
    const asked = TRIP_CHECKS.flatMap(check =>
      check.ask({ settled: fact, filed: 'opened', record, bytes: encodeRecord(record) }, ledger),
    )
    expect(asked.map(({ code }) => code)).toEqual(expect.arrayContaining(['CONCESSION', 'FLOOR']))
    expect(asked.filter(({ ok }) => !ok)).toEqual([])
    expect(stack.faults).toEqual([])
    await bot.stop()
    await rider.stop()
    await office.stop()
  }, 90_000)

  it('that is booked is held at once, leaves room for one now, and is driven when its time comes', async () => {
    const driverPorts = await stack.person()
    await stack.permit(driverPorts.signer.address)
    const bot = await createDriverBot({
      ports: driverPorts,
      name: 'Elena',
      car: 'JAC E10X, green',
      plate: 'STX 4321',
      start: [-56.171, -34.891],
      seeded: createSeeded(2),
    })
    const keys = () => driverPorts.store.get('driver/session')
    const shiftAgain = async () => {
      const before = await keys()
      await bot.client.goOffline()
      await bot.client.goOnline([-56.171, -34.891])
      return (await keys()) !== before
    }
    expect(await shiftAgain()).toBe(true)
    const person = await stack.person()
    const said: Uint8Array[] = []
    const overhear = <L extends Leaf>(leaf: L): L => {
      const { publish } = leaf
      const kept: Leaf['publish'] = (topic, data) => {
        said.push(data)
        return publish(topic, data)
      }
      return Object.assign(leaf, { publish: kept })
    }
    const otherLeaf = async () => overhear(await person.otherLeaf!())
    const riderPorts = { ...person, leaf: overhear(person.leaf), otherLeaf }
    await riderPorts.writer.deposit(80_000_000n)
    let rider = await createRiderClient(riderPorts)
    const places = [
      [-56.172, -34.892],
      [-56.162, -34.886],
    ] as const
    let next = 0
    const plan = await randomPlan({ ports: riderPorts, name: 'Ana', place: () => places[next++ % 2]! })
    const pickupAtMs = riderPorts.now() + 7_200_000
    await expect(rider.request({ ...plan!, pickupAtMs: riderPorts.now() + 60_000 })).rejects.toMatchObject({
      code: 'TIME',
    })
    await rider.request({ ...plan!, pickupAtMs })
    await until(rider.trip, trip => trip?.phase === 'offered')
    await rider.choose(rider.ranked.value[0]!.tag)
    await until(rider.trip, trip => trip?.phase === 'held')
    const { booked } = await until(bot.client.shift, shift => shift.booked[0]?.phase === 'held')
    expect(booked).toMatchObject([{ pickup: null }])
    expect(bot.client.shift.value.trip).toBeNull()
    expect(await shiftAgain()).toBe(false) // the booked rider knows him by these keys

    // Another ride, now, beside the booked one: with keys, a peer id, a lane and conversations of its own.
    const later = rider.trip.value!
    await expect(rider.request({ ...plan!, pickupAtMs: pickupAtMs + 600_000 })).rejects.toMatchObject({
      code: 'BUSY',
    })
    rider.show(null)
    expect(rider.trip.value).toBeNull()
    await rider.request(plan!)
    await expect(rider.request(plan!)).rejects.toMatchObject({ code: 'BUSY' })
    await until(rider.trip, trip => trip?.phase === 'offered' && trip.offers.some(offer => offer.firm))
    await rider.choose(rider.ranked.value[0]!.tag)
    const held = await until(rider.trip, trip => trip?.phase === 'held' && trip.told)
    const [booking, ride] = [later.terms!, held!.terms!]
    expect([booking.lane, ride.lane]).toEqual([0, 1])
    expect(booking.session).not.toBe(ride.session)
    expect(later.chosen!.tag).not.toBe(held!.chosen!.tag)
    expect((await stack.reader.lane(riderPorts.signer.address, 0)).held).toBe(booking.hold)
    expect((await stack.reader.lane(riderPorts.signer.address, 1)).held).toBe(ride.hold)
    const namesIn = ({ requestId }: { requestId: string }): string[] =>
      said.flatMap(data => {
        const { request, key } = requestIn(data) ?? {}
        if (!request || !key || toHex(request.requestId) !== requestId) return []
        return [toHex(key), toHex(request.sealKey), ...request.replyTo.map(addr => addr.split('/').at(-1)!)]
      })
    const [first, second] = [new Set(namesIn(later)), new Set(namesIn(held!))]
    expect([first.size, second.size]).toEqual([3, 3])
    expect([...first].filter(name => second.has(name))).toEqual([])
    await rider.stop()
    rider = await createRiderClient(riderPorts)
    expect(rider.trips.value.map(trip => trip.requestId)).toEqual([later.requestId, held!.requestId])
    expect(rider.trip.value!.requestId).toBe(held!.requestId)
    const here = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${here!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 100_000n })
    await until(rider.trip, trip => trip?.phase === 'settled')
    await rider.close()
    expect(rider.trip.value).toBeNull()
    expect(rider.trips.value).toMatchObject([
      { requestId: later.requestId, phase: 'held', told: false, chat: [] },
    ])
    await until(bot.client.shift, shift => shift.trip === null)

    stack.pass(rider.trips.value[0]!.plan.pickupAtMs - riderPorts.now())
    // Nobody need look for it: it is shown when its driver sets off.
    const arrived = await until(rider.trip, trip => trip?.phase === 'arrived')
    await rider.dispatch({ type: 'chat', text: `My PIN is ${arrived!.pin}` })
    await until(rider.trip, trip => trip?.phase === 'finished')
    await rider.dispatch({ type: 'tip', amount: 100_000n }) // the driver need not wait for one
    const settled = await until(rider.trip, trip => trip?.phase === 'settled')
    expect(settled!.facts.at(-1)!.fact).toMatchObject({
      fare: fareOf(stack.rules.tariff, plan!.metres, plan!.secs, settled!.terms!.bp),
      tip: 100_000n,
    })
    expect(stack.faults).toEqual([])
    await bot.stop()
    await rider.stop()
  }, 90_000)
})
