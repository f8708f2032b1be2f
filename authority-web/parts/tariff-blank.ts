import type { Shape } from '@hexhail/protocol/tariff-shape.ts'

/** Values that a new entry begins with where nothing or zero would be wrong. */
const FIRST: Readonly<Record<string, unknown>> = {
  multBp: 10_000,
  pooledBp: 10_000,
  days: [1, 2, 3, 4, 5, 6, 7],
  most: 1,
  windowS: 3_600,
}

/** An entry to begin with: least numbers, first choices, empty lists. */
export function blankOf(shape: Shape, name = ''): unknown {
  if (name in FIRST) return FIRST[name]
  switch (shape.kind) {
    case 'int':
      return Math.max(0, shape.min)
    case 'flag':
      return false
    case 'oneOf':
      return shape.values[0]
    case 'list':
      return []
    case 'object':
      return Object.fromEntries(
        Object.entries(shape.fields).map(([key, field]) => [key, blankOf(field, key)]),
      )
    default:
      return ''
  }
}
