import { makeAuditKey } from '@hexhail/audit/audit-key.ts'
import { createRecordOpener } from '@hexhail/audit/open-records.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { createFiling } from '@hexhail/client/filing.ts'
import { createMemoryStore, type Store } from '@hexhail/client/store.ts'
import { driversToFile, ridersToFile } from '@hexhail/client/to-file.ts'
import { monthKeySigner } from '@hexhail/node/month-key-signer.ts'
import type { DriverTrip } from '@hexhail/protocol/driver-state.ts'
import { fromHex, toHex } from '@hexhail/protocol/hex.ts'
import { RECORD_ENVELOPE, VOIDS, voidBytes } from '@hexhail/protocol/record-envelope.ts'
import { createSessionKey, verifySession } from '@hexhail/protocol/session-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { describe, expect, it } from 'vitest'
import { memoryDesk } from '../audit/memory-desk.ts'
import { RULES, tableTop } from '../protocol/table-top.ts'

const CHAIN = 31_337
const wallet = walletFromKey(createWalletKey())
const { privateKey, publicKey } = await makeAuditKey()
const bare = { authority: wallet.address, month: 202_611, publicKey }
const monthKey = { ...bare, signature: await monthKeySigner(wallet, CHAIN)(bare) }
const session = await createSessionKey()
const rules = { ...RULES, tariff: { ...RULES.tariff, authority: wallet.address } }

/** A desk, a clock, and the filing of one side over a disk. */
async function office() {
  const desk = memoryDesk()
  const world = { nowMs: Date.UTC(2026, 10, 23), down: false, keys: [monthKey] as (typeof monthKey)[] }
  const filingOf = (store: Store) =>
    createFiling({
      store,
      chainId: CHAIN,
      rules,
      now: () => world.nowMs,
      every: () => () => {},
      random: size => new Uint8Array(size).fill(0x80),
      report: () => {},
      audit: {
        file: async (terms, sealed) => {
          if (world.down) throw new Error('the desk is away')
          await desk.file(terms, Buffer.from(sealed).toString('base64'))
        },
        filed: desk.filed,
        keys: async () => world.keys,
      },
    })
  const opened = async () =>
    (await desk.list(0)).map(({ sealed }) => {
      const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
      const envelope = RECORD_ENVELOPE.decode(bytes)
      const held = createRecordOpener([privateKey]).open(bytes)
      if (envelope.verdict !== 'accept' || held.verdict !== 'accept') throw new Error('does not open')
      return { envelope: envelope.value, held: held.value }
    })
  return { desk, world, filingOf, opened }
}

/** A driver's trip that is over: ridden, or let go before. */
function ended(n: number, ridden: boolean): { trip: DriverTrip; table: ReturnType<typeof tableTop> } {
  const table = tableTop()
  if (ridden) {
    table.toTheDoor()
    table.toDriver({ type: 'pin', digits: '4711' })
    table.wait(540)
    table.toDriver({ type: 'finish', early: false })
    table.wait(21)
  } else {
    table.hear()
    table.offer()
    table.choose()
    table.toRider({ type: 'cancel', reason: 5, shownFee: 0n })
  }
  const trip = table.driver.trip!
  return { trip: { ...trip, place: { shift: trip.place!.shift, shiftSeq: n } }, table }
}

/** What a trip's driver files, as another trip of the shift. */
async function toFile(n: number, ridden: boolean) {
  const what = await driversToFile(ended(n, ridden).trip, session)
  if (!what) throw new Error('nothing to file')
  return what
}

describe('a driver', () => {
  it('files a shift in one context, number by number, a void among them, through a reload and a desk that is away', async () => {
    const { world, filingOf, opened, desk } = await office()
    const store = createMemoryStore()
    const first = filingOf(store)
    world.down = true
    const record = await toFile(0, true)
    await first.keep(record)
    await first.run()
    expect(await desk.size()).toBe(0)
    first.stop()

    world.down = false
    const again = filingOf(store)
    const left = await toFile(1, false)
    // The trips of a table have one name: of two, only what is in the void tells them apart here.
    const other = `0x${'0b'.repeat(32)}` as Hex
    await again.keep({ ...left, terms: other })
    await again.run()
    await again.run()
    const [a, b] = (await desk.list(0)).map(({ sealed }) =>
      RECORD_ENVELOPE.decode(new Uint8Array(Buffer.from(sealed, 'base64'))),
    )
    if (a?.verdict !== 'accept' || b?.verdict !== 'accept') throw new Error('two envelopes')
    expect([a.value.seq, b.value.seq]).toEqual([0, 1])
    expect(a.value.enc).toEqual(b.value.enc)
    expect(await store.keys('filing/item/')).toEqual([])
    await expect(opened()).rejects.toThrow() // the void speaks of its own trip, not of the one on its envelope
  })

  it('seals one number once: the same bytes after each failure, and another context when the trip comes back', async () => {
    const { world, filingOf, opened, desk } = await office()
    const store = createMemoryStore()
    const filing = filingOf(store)
    const left = await toFile(0, false)
    await filing.keep(left)
    await filing.run()
    const [sealedVoid] = await opened()
    expect(sealedVoid?.held).toMatchObject({ kind: 'void', filed: { shiftSeq: 0, reason: VOIDS.released } })
    if (sealedVoid?.held.kind !== 'void') throw new Error('no void')
    const { signature, ...signed } = sealedVoid.held.filed
    expect(await verifySession(session.publicKey, voidBytes(signed), signature)).toBe(true)

    const { table } = ended(0, true)
    const trip = { ...table.driver.trip!, place: { shift: toHex(fromHex(left.place!.shift)), shiftSeq: 0 } }
    await filing.keep((await driversToFile(trip, session))!)
    world.nowMs += 60_000
    await filing.run()
    await filing.run()
    expect(await desk.size()).toBe(2)
    const [, back] = await opened()
    expect(back?.held.kind).toBe('record')
    expect(back?.envelope.enc).not.toEqual(sealedVoid.envelope.enc)
  })

  it('waits for a key that the authority itself has signed', async () => {
    const { world, filingOf, desk } = await office()
    const filing = filingOf(createMemoryStore())
    world.keys = [{ ...monthKey, publicKey: (await makeAuditKey()).publicKey }]
    await filing.keep(await toFile(0, true))
    await filing.run()
    expect(await desk.size()).toBe(0)
    world.keys = [monthKey]
    await filing.run()
    expect(await desk.size()).toBe(1)
  })
})

describe('a rider', () => {
  const spare = () => {
    const { rider } = ended(0, true).table
    return ridersToFile(rider.signed!, rider.headSignature)
  }

  it('files when the driver has died, after a while, without the desk being told for which trip he asks', async () => {
    const { world, filingOf, opened, desk } = await office()
    const filing = filingOf(createMemoryStore())
    await filing.keep(spare())
    await filing.run()
    expect(await desk.size()).toBe(0)
    world.nowMs += 20 * 60_000
    await filing.run()
    expect(await desk.size()).toBe(1)
    expect((await opened())[0]).toMatchObject({
      envelope: { seq: 0 },
      held: { kind: 'record', filed: { by: 2 } },
    })
  })

  it('files nothing when the driver has', async () => {
    const { world, filingOf, desk } = await office()
    const rider = filingOf(createMemoryStore())
    await rider.keep(spare())
    const driver = filingOf(createMemoryStore())
    await driver.keep(await toFile(0, true))
    await driver.run()
    world.nowMs += 20 * 60_000
    await rider.run()
    expect(await desk.size()).toBe(1)
  })
})
