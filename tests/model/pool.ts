/** Numbers for things that are the same: each distinct value once, found by its text. */
export interface Pool<T> {
  /** The value's number; the same for equal values. */
  id(value: T): number
  at(id: number): T
  readonly size: number
}

/** Makes a pool; `keyOf` says which values are equal. */
export function createPool<T>(keyOf: (value: T) => string = textOf): Pool<T> {
  const ids = new Map<string, number>()
  const values: T[] = []
  return {
    id(value) {
      const key = keyOf(value)
      let id = ids.get(key)
      if (id === undefined) {
        id = values.length
        ids.set(key, id)
        values.push(value)
      }
      return id
    },
    at: id => values[id] as T,
    get size() {
      return values.length
    },
  }
}

/** A value as text, with big integers and bytes. */
export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    typeof item === 'bigint'
      ? `${item}n`
      : item instanceof Uint8Array
        ? `0x${Buffer.from(item).toString('hex')}`
        : item,
  )
}

/** A few hex digits of a text: enough to tell labels apart (FNV-1a). */
export function shortHash(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0').slice(0, 6)
}
