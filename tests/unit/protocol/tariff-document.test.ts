import { createHash } from 'node:crypto'
import { DEMO_DOCUMENT, demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { classOfTariff } from '@hexhail/protocol/tariff-chain.ts'
import { inWindow, tariffTime } from '@hexhail/protocol/tariff-clock.ts'
import { tariffBytes, tariffDocument, tariffHash } from '@hexhail/protocol/tariff-document.ts'
import { crossings, touchOf } from '@hexhail/protocol/tariff-places.ts'
import {
  TARIFF_TYPES,
  tariffDomain,
  tariffSigner,
  tariffStatement,
} from '@hexhail/protocol/tariff-signature.ts'
import { wageFloor } from '@hexhail/protocol/tariff-wage.ts'
import { cellToChildren, cellToParent, gridDisk, gridPathCells, latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { GOLDEN } from '../../vectors/tariffs/documents.ts'

const AUTHORITY = `0x${'a1'.repeat(20)}` as const

const faultsOf = (json: unknown) => {
  const read = tariffDocument(json)
  return 'faults' in read ? read.faults.map(each => each.path) : []
}

describe('a tariff document', () => {
  it('is named by the sha256 of its JSON with sorted keys, whatever the order of the file', () => {
    const turned = Object.fromEntries(Object.entries(DEMO_DOCUMENT).reverse())
    const read = tariffDocument(JSON.parse(JSON.stringify(turned, null, 4)))
    if (!('document' in read)) throw new Error('it is one')
    expect(tariffHash(read.document)).toBe(tariffHash(DEMO_DOCUMENT))
    const bytes = tariffBytes(DEMO_DOCUMENT)
    expect(`0x${createHash('sha256').update(bytes).digest('hex')}`).toBe(demoTariff(AUTHORITY).document)
    const text = new TextDecoder().decode(bytes)
    expect(
      text.startsWith('{"access":{"beneficiary":"Demo authority","perTrip":0,"wavNoExtra":true},"cancel"'),
    ).toBe(true)
  })

  it('tells where it is wrong: fields that are missing, strange or out of bounds', () => {
    const [car] = DEMO_DOCUMENT.classes
    expect(faultsOf(null)).toEqual([''])
    expect(faultsOf({ ...DEMO_DOCUMENT, surprise: 1 })).toEqual(['surprise'])
    expect(faultsOf({ ...DEMO_DOCUMENT, prev: '0x12' })).toEqual(['prev'])
    expect(faultsOf({ ...DEMO_DOCUMENT, classes: [{ ...car, flag: 1.5 }] })).toEqual(['classes[0].flag'])
    expect(faultsOf({ ...DEMO_DOCUMENT, classes: [{ ...car, flag: -0 }] })).toEqual(['classes[0].flag'])
    expect(faultsOf({ ...DEMO_DOCUMENT, classes: [{ ...car, name: 'a\nb', perKm: '9' }] })).toEqual([
      'classes[0].name',
      'classes[0].perKm',
    ])
    expect(faultsOf({ ...DEMO_DOCUMENT, meter: 'T', holidays: ['2026-13-01'] })).toEqual([
      'holidays[0]',
      'meter',
    ])
  })

  it('is recognised behind a tariff of the chain, by all of its numbers', () => {
    const tariff = demoTariff(AUTHORITY)
    expect(classOfTariff(DEMO_DOCUMENT, tariff)).toBe('car')
    expect(classOfTariff(DEMO_DOCUMENT, { ...tariff, perKm: 96 })).toBeNull()
    expect(classOfTariff({ ...DEMO_DOCUMENT, version: 2 }, tariff)).toBeNull()
  })

  it('is signed by a wallet, and the signature names who did', async () => {
    const wallet = walletFromKey(`0x${'11'.repeat(32)}`)
    const document = GOLDEN.nyc
    const signature = await wallet.signTypedData(tariffDomain(7), TARIFF_TYPES, tariffStatement(document))
    expect(tariffSigner({ document, chainId: 7, signature })).toBe(wallet.address)
    expect(tariffSigner({ document, chainId: 8, signature })).not.toBe(wallet.address)
    expect(tariffSigner({ document: { ...document, version: 9 }, chainId: 7, signature })).not.toBe(
      wallet.address,
    )
    expect(tariffSigner({ document, chainId: 7, signature: '0x12' })).toBeNull()
  })

  it('has a wage floor by kilometre and minute, more for wheelchair rides, or none', () => {
    const way = { metres: 10_000, secs: 600 }
    expect(wageFloor(GOLDEN.nyc, { ...way, isWav: false })).toBe(14_300_000n) // 10 × 0.85 + 10 × 0.58
    expect(wageFloor(GOLDEN.nyc, { ...way, isWav: true })).toBe(16_700_000n)
    expect(wageFloor(GOLDEN.poa, { ...way, isWav: false })).toBeNull()
  })
})

describe('the clock of a tariff', () => {
  it('follows its offsets, and windows over midnight belong to the day they begin on', () => {
    const at = (iso: string) => tariffTime(GOLDEN.nyc, Date.parse(iso) / 1_000)
    expect(at('2026-06-02T03:59:59Z')).toMatchObject({ weekday: 1, minute: 1_439 })
    expect(at('2026-11-01T05:59:59Z')).toMatchObject({ weekday: 7, minute: 119 })
    expect(at('2026-11-01T06:00:00Z')).toMatchObject({ weekday: 7, minute: 60 }) // an hour twice
    const friday = { days: [5], fromMin: 1_320, toMin: 360, holidays: 'any' } as const
    const none = new Set<number>()
    expect(inWindow(friday, at('2026-06-06T02:00:00Z'), none)).toBe(true) // Friday 22:00
    expect(inWindow(friday, at('2026-06-06T09:59:00Z'), none)).toBe(true) // Saturday 5:59
    expect(inWindow(friday, at('2026-06-06T10:00:00Z'), none)).toBe(false)
    expect(inWindow(friday, at('2026-06-07T02:00:00Z'), none)).toBe(false) // Saturday 22:00
  })
})

describe('the places of a tariff', () => {
  const [here, next, after] = gridPathCells(latLngToCell(-34.9, -56.2, 9), latLngToCell(-34.9, -56.17, 9))

  it('meets a zone at its ends or on the way, and never by a cell coarser than the zone', () => {
    const zone = { cells: [next!] }
    expect(touchOf(zone, [here!, next!, after!])).toEqual({ pickup: false, dropoff: false, through: true })
    expect(touchOf(zone, [next!, after!])).toEqual({ pickup: true, dropoff: false, through: false })
    expect(touchOf(zone, [here!, cellToChildren(next!, 11)[0]!])).toEqual({
      pickup: false,
      dropoff: true,
      through: false,
    })
    expect(touchOf(zone, [cellToParent(next!, 7)]).pickup).toBe(false)
    expect(touchOf({ cells: [cellToParent(next!, 7)] }, [next!]).pickup).toBe(true)
    expect(touchOf(zone, [])).toEqual({ pickup: false, dropoff: false, through: false })
  })

  it('passes a gantry one way only, also where the trace leaps over it', () => {
    const toll = { id: 't', name: 'T', amount: 1, beneficiary: 'R', gantries: [{ from: next!, to: after! }] }
    expect(crossings(toll, [here!, next!, after!])).toBe(1)
    expect(crossings(toll, [after!, next!, here!])).toBe(0)
    expect(crossings(toll, [here!, gridPathCells(here!, latLngToCell(-34.9, -56.17, 9)).at(-1)!])).toBe(1)
    const fine = [here!, next!, after!, next!, after!].map(cell => cellToChildren(cell, 11)[3]!)
    expect(crossings(toll, fine)).toBe(2)
    expect(
      crossings(
        toll,
        gridDisk(here!, 1).filter(cell => cell !== next),
      ),
    ).toBe(0)
  })
})
