import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Answer, Figure } from './check.ts'

export const money = (value: bigint): Figure => ({ unit: 'money', value })
export const id = (value: Hex): Figure => ({ unit: 'id', value: value.toLowerCase() as Hex })
export const number = (value: number, unit: Exclude<Figure['unit'], 'id' | 'money'> = 'number'): Figure => ({
  unit,
  value,
})

/** What was found must be what was expected. */
export const same = <C extends string>(code: C, expected: Figure, found: Figure): Answer<C> => ({
  code,
  ok: expected.value === found.value,
  rule: 'equal',
  expected,
  found,
})

/** What was found must not be above the limit. */
export const most = <C extends string>(code: C, limit: Figure, found: Figure): Answer<C> => ({
  code,
  ok: found.value <= limit.value,
  rule: 'most',
  expected: limit,
  found,
})

/** What was found must not be below the limit. */
export const least = <C extends string>(code: C, limit: Figure, found: Figure): Answer<C> => ({
  code,
  ok: found.value >= limit.value,
  rule: 'least',
  expected: limit,
  found,
})
