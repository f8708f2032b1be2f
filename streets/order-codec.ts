import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'
import { packColumn, unpackColumn } from './columns.ts'

/** Why bytes are no order of a graph: cut off or twisted; or of another number of states. */
export type OrderCode = 'ORDER_DAMAGED' | 'ORDER_FOREIGN'

/** Bytes of an order of elimination: its length, then the steps from state to state. */
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
  return accept(order)
}

function unpacked(bytes: Uint8Array): Uint32Array | null {
  try {
    return Uint32Array.from(unpackColumn(bytes, 'delta'))
  } catch {
    return null
  }
}
