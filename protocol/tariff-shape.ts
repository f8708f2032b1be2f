/** What a tariff document may look like, as data: the same table gives the type, the check and the editor's bounds. */
import { isHex } from './hex.ts'
import type { Hex } from './terms.ts'

/** A whole number in a range. */
interface IntShape {
  readonly kind: 'int'
  readonly min: number
  readonly max: number
}
interface TextShape {
  readonly kind: 'text'
  readonly pattern: RegExp
  /** The pattern in words. */
  readonly says: string
}
interface FlagShape {
  readonly kind: 'flag'
}
interface HashShape {
  readonly kind: 'hash'
}
interface OneOfShape<V extends string = string> {
  readonly kind: 'oneOf'
  readonly values: readonly V[]
}
interface ListShape<S extends Shape = Shape> {
  readonly kind: 'list'
  readonly of: S
  readonly max: number
}
interface ObjectShape<F extends Fields = Fields> {
  readonly kind: 'object'
  readonly fields: F
}
type Fields = Readonly<Record<string, Shape>>
/** Any shape. */
export type Shape =
  | IntShape
  | TextShape
  | FlagShape
  | HashShape
  | OneOfShape
  | { readonly kind: 'list'; readonly of: Shape; readonly max: number }
  | { readonly kind: 'object'; readonly fields: Fields }

/** The value that a shape describes. */
export type Of<S> = S extends IntShape
  ? number
  : S extends FlagShape
    ? boolean
    : S extends HashShape
      ? Hex
      : S extends OneOfShape<infer V>
        ? V
        : S extends TextShape
          ? string
          : S extends ListShape<infer E>
            ? readonly Of<E>[]
            : S extends ObjectShape<infer F>
              ? { readonly [K in keyof F]: Of<F[K]> }
              : never

/** A whole number from `min` to `max`. */
export const int = (min: number, max: number): IntShape => ({ kind: 'int', min, max })
/** A text that fits a pattern, with the pattern in words. */
export const text = (pattern: RegExp, says: string): TextShape => ({ kind: 'text', pattern, says })
/** True or false. */
export const flag: FlagShape = { kind: 'flag' }
/** 32 bytes, hex. */
export const hash: HashShape = { kind: 'hash' }
/** One of some words. */
export const oneOf = <V extends string>(...values: readonly V[]): OneOfShape<V> => ({ kind: 'oneOf', values })
/** A list of at most `max`. */
export const list = <S extends Shape>(of: S, max: number): ListShape<S> => ({ kind: 'list', of, max })
/** An object with exactly these fields. */
export const object = <const F extends Fields>(fields: F): ObjectShape<F> => ({ kind: 'object', fields })

/** What is wrong with a value: where (`classes[0].flag`; empty: the whole), what, and what it must be. */
export interface ShapeFault {
  readonly path: string
  readonly found: string
  readonly wanted: string
}

/** All faults of a value against a shape; empty: it fits, and has no field that the shape does not know. */
export function shapeFaults(shape: Shape, value: unknown, path = ''): ShapeFault[] {
  const wanted = wantedBy(shape, value)
  if (wanted !== null) return [{ path, found: shown(value), wanted }]
  if (shape.kind === 'list')
    return (value as unknown[]).flatMap((each, i) => shapeFaults(shape.of, each, `${path}[${i}]`))
  if (shape.kind !== 'object') return []
  const given = value as Readonly<Record<string, unknown>>
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const strange = Object.keys(given).filter(name => !Object.hasOwn(shape.fields, name))
  return [
    ...strange.map(name => ({ path: at(name), found: 'a field of no tariff', wanted: 'nothing here' })),
    ...Object.entries(shape.fields).flatMap(([name, field]) => shapeFaults(field, given[name], at(name))),
  ]
}

/** What a value must be, or null where it is. */
function wantedBy(shape: Shape, value: unknown): string | null {
  switch (shape.kind) {
    case 'int': {
      const fits =
        Number.isSafeInteger(value) && (value as number) >= shape.min && (value as number) <= shape.max
      return fits && !Object.is(value, -0) ? null : `a whole number from ${shape.min} to ${shape.max}`
    }
    case 'text':
      return typeof value === 'string' && shape.pattern.test(value) ? null : shape.says
    case 'flag':
      return typeof value === 'boolean' ? null : 'true or false'
    case 'hash':
      return isHex(value, 32) && value === value.toLowerCase() ? null : '0x and 64 digits of 0–9 and a–f'
    case 'oneOf':
      return shape.values.includes(value as string) ? null : `one of ${shape.values.join(', ')}`
    case 'list':
      return Array.isArray(value) && value.length <= shape.max ? null : `a list of at most ${shape.max}`
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'an object'
  }
}

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)).slice(0, 60)
