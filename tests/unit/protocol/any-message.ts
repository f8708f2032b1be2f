import { toHex } from '@hexhail/protocol/hex.ts'
import fc from 'fast-check'
import { latLngToCell } from 'h3-js'

const INTEGERS: Record<string, [number, number]> = {
  u8: [0, 0xff],
  u16: [0, 0xffff],
  u32: [0, 0xffffffff],
  u64: [0, Number.MAX_SAFE_INTEGER],
  i32: [-(2 ** 31), 2 ** 31 - 1],
}

const anyBytes = (n: number) => fc.uint8Array({ minLength: n, maxLength: n })

const fits = (max: number) => (value: string) => new TextEncoder().encode(value).length <= max

/** Any H3 cell. */
export const anyCell = fc
  .tuple(
    fc.double({ min: -85, max: 85, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
    fc.nat(15),
  )
  .map(([lat, lng, res]) => latLngToCell(lat, lng, res))

/** Any value of a wire type. */
export function anyValue(type: string): fc.Arbitrary<unknown> {
  const listOf = /^(.*)\[(\d+)\]$/.exec(type)
  if (listOf) return fc.array(anyValue(listOf[1]!), { maxLength: Number(listOf[2]) })
  const sized = /^(bytes|text|blob)(\d+)$/.exec(type)
  if (sized?.[1] === 'bytes') return anyBytes(Number(sized[2]))
  if (sized?.[1] === 'blob') return fc.uint8Array({ maxLength: Number(sized[2]) })
  if (sized) {
    const max = Number(sized[2])
    return fc.string({ unit: 'grapheme', maxLength: max }).filter(fits(max))
  }
  if (type === 'address') return anyBytes(20).map(toHex)
  if (type === 'cell') return anyCell
  if (type === 'money') return fc.bigInt({ min: 0n, max: 2n ** 96n - 1n })
  if (type === 'signed') return fc.bigInt({ min: 1n - 2n ** 96n, max: 2n ** 96n - 1n })
  if (type === 'line')
    return fc.record({ id: anyValue('u16'), amount: anyValue('money') }, { noNullPrototype: true })
  const [min, max] = INTEGERS[type]!
  return fc.integer({ min, max })
}

/** Any body of a message. */
export function anyBody(m: { fields: object }): fc.Arbitrary<Record<string, unknown>> {
  const of = Object.entries(m.fields as Record<string, { type: string }>).map(([name, f]) => [
    name,
    anyValue(f.type),
  ])
  return fc.record(Object.fromEntries(of), { noNullPrototype: true })
}
