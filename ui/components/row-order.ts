/** What rows are sorted by. */
export type SortKey = number | bigint | string

/** Places of `rows` in the order of their keys; equal keys keep the order they have. Each key is asked for once. */
export function orderOf<R>(rows: readonly R[], keyOf: (row: R) => SortKey, down: boolean): Uint32Array {
  const keys = rows.map(keyOf)
  const order = Uint32Array.from(rows, (_, at) => at)
  const sign = down ? -1 : 1
  return order.sort((a, b) => {
    const [one, other] = [keys[a] as SortKey, keys[b] as SortKey]
    return one === other ? a - b : one < other ? -sign : sign
  })
}
