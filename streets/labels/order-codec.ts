import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { packColumn, unpackColumn } from '../columns.ts'

/** Why bytes are no order: cut off, twisted or not the shortest; or of a graph with another number of states. */
export type OrderCode = 'ORDER_DAMAGED' | 'ORDER_FOREIGN'

/** Bytes of an order of elimination: its length, then the steps from state to state as varints. */
export function packOrder(order: Uint32Array): Uint8Array {
  return packColumn(order, 'delta')
}

/** An order out of bytes that somebody sent. What is accepted names each of `states` states once. */
export function readOrder(bytes: Uint8Array, states: number): Verdict<Uint32Array, OrderCode> {
  const order = unpacked(bytes)
  if (order === null) return reject('ORDER_DAMAGED')
  if (order.length !== states) return reject('ORDER_FOREIGN')
  const seen = new Uint8Array(states)
  for (const state of order) {
    if (state >= states || seen[state] === 1) return reject('ORDER_DAMAGED')
    seen[state] = 1
  }
  return packOrder(order).length === bytes.length ? accept(order) : reject('ORDER_DAMAGED')
}

function unpacked(bytes: Uint8Array): Uint32Array | null {
  try {
    return new Uint32Array(unpackColumn(bytes, 'delta').buffer)
  } catch {
    return null
  }
}
