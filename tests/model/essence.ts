import { textOf } from './pool.ts'

const texts = new WeakMap<object, string>()

/** A value as text; the same object is written out once. */
export function textOnce(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null) return String(value)
  let text = texts.get(value)
  if (text === undefined) {
    text = textOf(value)
    texts.set(value, text)
  }
  return text
}

/** All fields of a state as text but those named: a field that comes tomorrow counts until somebody says that it does not. */
export function essenceOf(state: object, without: ReadonlySet<string>): string {
  let text = ''
  for (const key in state)
    if (!without.has(key)) text += `${key}:${textOnce(state[key as keyof typeof state])};`
  return text
}
