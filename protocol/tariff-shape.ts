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
  readonly rule: TextRule
}
/** Names of the patterns of texts. */
export type TextRule = 'name' | 'words' | 'cell' | 'currency' | 'zone' | 'date'
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
/** A text that fits a pattern. */
export const text = (pattern: RegExp, rule: TextRule): TextShape => ({ kind: 'text', pattern, rule })
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

/** What a value must be: a kind of shape, the pattern of a text, or nothing at all (`strange`: no such field). */
export type ShapeRule = Exclude<Shape['kind'], 'text'> | TextRule | 'strange'

/** What is wrong with a value: where (`classes[0].flag`; empty: the whole), what is there, and the rule with its bounds. */
export interface ShapeFault {
  readonly path: string
  readonly found: string
  readonly rule: ShapeRule
  readonly bounds: Readonly<Record<string, string | number>>
}

/** All faults of a value against a shape; empty: it fits, and has no field that the shape does not know. */
export function shapeFaults(shape: Shape, value: unknown, path = ''): ShapeFault[] {
  if (!fits(shape, value)) return [faultOf(shape, value, path)]
  if (shape.kind === 'list')
    return (value as unknown[]).flatMap((each, i) => shapeFaults(shape.of, each, `${path}[${i}]`))
  if (shape.kind !== 'object') return []
  const given = value as Readonly<Record<string, unknown>>
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const strange = Object.keys(given).filter(name => !Object.hasOwn(shape.fields, name))
  return [
    ...strange.map(name => ({ path: at(name), found: name, rule: 'strange' as const, bounds: {} })),
    ...Object.entries(shape.fields).flatMap(([name, field]) => shapeFaults(field, given[name], at(name))),
  ]
}

function fits(shape: Shape, value: unknown): boolean {
  switch (shape.kind) {
    case 'int': {
      const isWhole = Number.isSafeInteger(value) && !Object.is(value, -0)
      return isWhole && (value as number) >= shape.min && (value as number) <= shape.max
    }
    case 'text':
      return typeof value === 'string' && shape.pattern.test(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'hash':
      return isHex(value, 32) && value === value.toLowerCase()
    case 'oneOf':
      return shape.values.includes(value as string)
    case 'list':
      return Array.isArray(value) && value.length <= shape.max
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
}

function faultOf(shape: Shape, value: unknown, path: string): ShapeFault {
  const found = value === undefined ? '–' : (JSON.stringify(value) ?? String(value)).slice(0, 60)
  const rule = shape.kind === 'text' ? shape.rule : shape.kind
  const bounds =
    shape.kind === 'int'
      ? { min: shape.min, max: shape.max }
      : shape.kind === 'list'
        ? { max: shape.max }
        : shape.kind === 'oneOf'
          ? { values: shape.values.join(', ') }
          : {}
  return { path, found, rule, bounds }
}
