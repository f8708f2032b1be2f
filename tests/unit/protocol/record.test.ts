import { toHex } from '@hexhail/protocol/hex.ts'
import { componentSum, decodeRecord, encodeRecord, recordRoot, rootOf } from '@hexhail/protocol/record.ts'
import {
  FARE_PART,
  PROPULSIONS,
  RECORD,
  RIDE_PART,
  WAY_PART,
  WHO_PART,
} from '@hexhail/protocol/record-table.ts'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTrip, PLAIN, settledTrip } from '../audit/settled-trip.ts'
import { anyBody } from './any-message.ts'
import { TARIFF } from './demo-tariff.ts'

const anyRecord = fc
  .tuple(...[FARE_PART, RIDE_PART, WHO_PART, WAY_PART].map(anyBody))
  .map(parts => Object.assign({ version: 2 }, ...parts, { version: 2 }))

describe('a trip record', () => {
  it('comes back whole from its bytes, whatever is in it', () => {
    fc.assert(
      fc.property(anyRecord, record => {
        expect(decodeRecord(encodeRecord(record))).toEqual({ verdict: 'accept', value: record })
      }),
      { numRuns: 60 },
    )
  })

  it('that is torn or forged gets a verdict', () => {
    const whole = encodeRecord(settledTrip(TARIFF, PLAIN).record)
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, flip, cut) => {
          const bytes = cut ? whole.slice(0, at) : whole.map((byte, i) => (i === at ? byte ^ flip : byte))
          const read = decodeRecord(bytes)
          if (read.verdict === 'accept') expect(encodeRecord(read.value)).toEqual(bytes)
        },
      ),
    )
  })

  it('of a later version says nothing against who filed it', () => {
    const record = { ...settledTrip(TARIFF, PLAIN).record, version: 3 }
    expect(decodeRecord(encodeRecord(record))).toEqual({ verdict: 'ignore', code: 'version' })
  })

  it('has another root when any part is another', () => {
    const { record } = settledTrip(TARIFF, PLAIN)
    const root = recordRoot(record)
    for (const change of [
      { tip: 1n },
      { zones: [3] },
      { propulsion: PROPULSIONS.indexOf('electric') },
      { shiftSeq: 1 },
      { trace: Uint8Array.of(1) },
    ])
      expect(recordRoot({ ...record, ...change })).not.toBe(root)
  })

  it('shows one part and proves it with the hashes of the others', () => {
    const { record } = settledTrip(TARIFF, PLAIN)
    const parts = RECORD.decode(encodeRecord(record))
    if (parts.verdict !== 'accept') throw new Error(parts.code)
    const { fare, ride, who, way } = parts.value
    expect(FARE_PART.decode(fare)).toMatchObject({ verdict: 'accept', value: { fare: record.fare } })
    expect(rootOf([sha256(fare), sha256(ride), sha256(who), sha256(way)])).toBe(recordRoot(record))
    expect(new Set([record.fareSalt, record.rideSalt, record.whoSalt, record.waySalt].map(toHex)).size).toBe(
      4,
    )
  })

  it('has components that add up to the fare, however the trip ended', () => {
    fc.assert(
      fc.property(anyTrip, figures => {
        const { record } = settledTrip(TARIFF, figures)
        expect(componentSum(record)).toBe(record.fare)
      }),
    )
  })
})
