import * as ssz from '@chainsafe/ssz'
import {
  address,
  bytes,
  cell,
  fitText,
  i32,
  list,
  message,
  money,
  text,
  u8,
  u16,
  u32,
  u64,
} from '@hexhail/protocol/fields.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import { MESSAGES, OFFER, REQUEST, SELECT, TAKEN } from '@hexhail/protocol/messages.ts'
import { RECORD_TABLES } from '@hexhail/protocol/record-table.ts'
import fc from 'fast-check'
import { latLngToCell } from 'h3-js'
import { describe, expect, it } from 'vitest'
import { anyBody } from './any-message.ts'

/** The same table in @chainsafe/ssz, the reference implementation. */
function oracleType(type: string): ssz.Type<unknown> {
  const listOf = /^(.*)\[(\d+)\]$/.exec(type)
  if (listOf) {
    const of = oracleType(listOf[1]!)
    const max = Number(listOf[2])
    return of instanceof ssz.UintBigintType
      ? new ssz.ListBasicType(of, max)
      : new ssz.ListCompositeType(of as ssz.ByteListType, max)
  }
  const sized = /^(bytes|text|blob)(\d+)$/.exec(type)
  if (sized)
    return sized[1] === 'bytes'
      ? new ssz.ByteVectorType(Number(sized[2]))
      : new ssz.ByteListType(Number(sized[2]))
  if (type === 'address') return new ssz.ByteVectorType(20)
  if (type === 'line') return new ssz.ContainerType({ id: oracleType('u16'), amount: oracleType('money') })
  const size = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8, cell: 8, money: 16, signed: 16 }[type]
  return new ssz.UintBigintType(size as 1)
}

function oracleValue(type: string, value: unknown): unknown {
  const listOf = /^(.*)\[(\d+)\]$/.exec(type)
  if (listOf) return (value as unknown[]).map(item => oracleValue(listOf[1]!, item))
  if (type === 'address') return fromHex(value as string)
  if (type === 'cell') return BigInt(`0x${value}`)
  if (type === 'signed') return BigInt.asUintN(128, value as bigint)
  if (type === 'line') {
    const { id, amount } = value as { id: number; amount: bigint }
    return { id: BigInt(id), amount }
  }
  if (type === 'i32') return BigInt.asUintN(32, BigInt(value as number))
  if (typeof value === 'number') return BigInt(value)
  return typeof value === 'string' ? new TextEncoder().encode(value) : value
}

function oracle(fields: Record<string, { type: string }>, body: Record<string, unknown>) {
  const types = Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, oracleType(f.type)]))
  const value = Object.fromEntries(
    Object.entries(fields).map(([name, f]) => [name, oracleValue(f.type, body[name])]),
  )
  const container = new ssz.ContainerType(types)
  return { bytes: container.serialize(value as never), root: container.hashTreeRoot(value as never) }
}

describe('the message table', () => {
  it('has one kind byte and one name for each message', () => {
    expect(new Set(MESSAGES.map(m => m.kind)).size).toBe(MESSAGES.length)
    expect(new Set(MESSAGES.map(m => m.name)).size).toBe(MESSAGES.length)
  })

  it.each([...MESSAGES, ...RECORD_TABLES].map(m => [m.name, m] as const))(
    '%s has the bytes and the root of SSZ and comes back whole',
    (_, m) => {
      fc.assert(
        fc.property(anyBody(m), body => {
          const raw = m.encode(body as never)
          expect(raw.length).toBeGreaterThanOrEqual(m.minBytes)
          expect(raw.length).toBeLessThanOrEqual(m.maxBytes)
          expect(m.decode(raw)).toEqual({ verdict: 'accept', value: body })
          if (m.name === 'taken') return
          const want = oracle(m.fields, body)
          expect(raw).toEqual(new Uint8Array(want.bytes))
          expect(m.root(body as never)).toEqual(new Uint8Array(want.root))
        }),
        { numRuns: 40 },
      )
    },
  )

  it('gives an empty message no bytes and refuses any', () => {
    expect(TAKEN.encode({}).length).toBe(0)
    expect(TAKEN.decode(new Uint8Array(0))).toEqual({ verdict: 'accept', value: {} })
    expect(TAKEN.decode(new Uint8Array(1))).toEqual({ verdict: 'reject', code: 'size' })
  })
})

describe('a list of integers', () => {
  const LIST = message(99, 'list', { a: u8, numbers: list(money, 9), b: text(3) })
  it('has the bytes and the root of SSZ', () => {
    fc.assert(
      fc.property(anyBody(LIST), body => {
        const want = oracle(LIST.fields, body)
        expect(LIST.encode(body as never)).toEqual(new Uint8Array(want.bytes))
        expect(LIST.root(body as never)).toEqual(new Uint8Array(want.root))
        expect(LIST.decode(LIST.encode(body as never))).toEqual({ verdict: 'accept', value: body })
      }),
    )
  })
})

describe('hostile bytes', () => {
  it.each(MESSAGES.map(m => [m.name, m] as const))(
    '%s never throws, and what it accepts has one encoding',
    (_, m) => {
      const check = (raw: Uint8Array) => {
        const seen = m.decode(raw)
        expect(m.check(raw)).toBe(seen.verdict === 'accept' ? null : seen.code)
        if (seen.verdict === 'accept') expect(m.encode(seen.value as never)).toEqual(raw)
        else expect(seen.verdict).toBe('reject')
      }
      const nearby = anyBody(m).chain(body => {
        const raw = m.encode(body as never)
        const spoil = fc.record({
          at: fc.nat(Math.max(0, raw.length - 1)),
          xor: fc.integer({ min: 1, max: 255 }),
        })
        return fc
          .tuple(fc.array(spoil, { maxLength: 4 }), fc.integer({ min: -8, max: 8 }))
          .map(([spoils, grow]) => {
            const out = new Uint8Array(Math.max(0, raw.length + grow))
            out.set(raw.subarray(0, out.length))
            for (const { at, xor } of spoils) if (at < out.length) out[at]! ^= xor
            return out
          })
      })
      fc.assert(fc.property(nearby, check), { numRuns: 200 })
      fc.assert(fc.property(fc.uint8Array({ maxLength: m.maxBytes + 8 }), check), { numRuns: 100 })
    },
  )

  it('refuses every truncation and every extension of every message', () => {
    for (const m of MESSAGES) {
      const raw = m.encode(fc.sample(anyBody(m), { numRuns: 1, seed: 7 })[0] as never)
      for (let n = 0; n < raw.length; n++) {
        const seen = m.decode(raw.subarray(0, n))
        // A message that ends in a text may lose characters and still be a message: a shorter one.
        if (seen.verdict === 'accept') expect(m.encode(seen.value as never)).toEqual(raw.subarray(0, n))
      }
      if (Object.values(m.fields).every(f => f.size !== null)) {
        expect(m.decode(new Uint8Array([...raw, 0])).verdict).toBe('reject')
      }
    }
  })

  const T = message(98, 't', { a: u8, t: text(4), n: u64, l: list(text(2), 2) })
  const good = () => T.encode({ a: 1, t: 'é', n: 5, l: ['x', 'yz'] })
  it.each([
    ['bad UTF-8', 17, 0xff, 'utf8'],
    ['a first offset that leaves a gap', 1, 18, 'offset'],
    ['an offset before the one before', 13, 16, 'offset'],
    ['an offset past the end', 13, 200, 'offset'],
    ['a number above 2^53', 12, 0xff, 'range'],
  ])('refuses %s', (_, at, value, code) => {
    const raw = good()
    raw[at] = value
    expect(T.decode(raw)).toEqual({ verdict: 'reject', code })
  })

  it('refuses a text that is too long, and a list of too many', () => {
    const long = message(98, 't', { a: u8, t: text(40), n: u64, l: list(text(2), 2) })
    expect(T.decode(long.encode({ a: 1, t: 'abcde', n: 5, l: [] }))).toEqual({
      verdict: 'reject',
      code: 'size',
    })
    const many = message(98, 't', { a: u8, t: text(4), n: u64, l: list(text(2), 9) })
    expect(T.decode(many.encode({ a: 1, t: '', n: 5, l: ['', '', ''] })).verdict).toBe('reject')
  })

  it('refuses a cell that is none', () => {
    const C = message(97, 'c', { cell })
    expect(C.decode(new Uint8Array(8).fill(0x42))).toEqual({ verdict: 'reject', code: 'cell' })
    expect(C.decode(C.encode({ cell: latLngToCell(-34.9, -56.16, 7) })).verdict).toBe('accept')
  })

  it('refuses money above what the vault can hold', () => {
    const M = message(96, 'm', { money })
    expect(M.encode({ money: 2n ** 96n - 1n }).length).toBe(16)
    const raw = new Uint8Array(16).fill(0xff)
    expect(M.decode(raw)).toEqual({ verdict: 'reject', code: 'range' })
  })
})

describe("the caller's own faults", () => {
  it.each([
    ['u8', u8, 256],
    ['u8', u8, -1],
    ['u16', u16, 1.5],
    ['u32', u32, 2 ** 32],
    ['u64', u64, 2 ** 53],
    ['i32', i32, 2 ** 31],
    ['money', money, 2n ** 96n],
    ['money', money, -1n],
    ['money', money, 3],
    ['bytes', bytes(3), new Uint8Array(2)],
    ['address', address, '0x12'],
    ['cell', cell, 'abc'],
    ['text', text(2), 'abc'],
    ['text', text(2), undefined],
    ['list', list(u8, 1), [1, 2]],
  ])('%s throws for a value that does not fit (%#)', (_, field, value) => {
    expect(() => field.write(value as never)).toThrowError(expect.objectContaining({ name: 'HexhailError' }))
  })

  it('a byte order mark is text like any other', () => {
    const M = message(95, 'm', { t: text(9) })
    expect(M.decode(M.encode({ t: '\ufeffab' }))).toEqual({ verdict: 'accept', value: { t: '\ufeffab' } })
  })

  it('fitText cuts at a whole character', () => {
    expect(fitText('aéé', 4)).toBe('aé')
    expect(fitText('a😀', 4)).toBe('a')
    expect(fitText('\ud800x', 8)).toBe('\ufffdx')
  })
})

describe('sizes', () => {
  it('stay small: a request fits 2,048 bytes with its envelope, an offer fits a stream message', () => {
    expect(REQUEST.maxBytes).toBeLessThanOrEqual(1024)
    expect(OFFER.maxBytes).toBeLessThanOrEqual(1024)
    expect(SELECT.minBytes).toBe(SELECT.maxBytes)
  })
})
