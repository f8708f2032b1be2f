/** Binary heap of u64 keys at `heap`. */

import { heap } from './tables.as'

let size: u32 = 0

// @ts-expect-error: decorator
@inline
function at(i: u32): usize {
  return heap + ((<usize>i) << 3)
}

// @ts-expect-error: decorator
@inline
export function clearHeap(): void {
  size = 0
}

// @ts-expect-error: decorator
@inline
export function heapSize(): u32 {
  return size
}

/** Highest 16 bits of the least key. */
// @ts-expect-error: decorator
@inline
export function topUnits(): u32 {
  return <u32>(load<u64>(heap) >> 48)
}

export function push(key: u64): void {
  let i = size++
  while (i > 0) {
    const parent = (i - 1) >> 1
    const above = load<u64>(at(parent))
    if (above <= key) break
    store<u64>(at(i), above)
    i = parent
  }
  store<u64>(at(i), key)
}

export function pop(): u64 {
  const top = load<u64>(at(0))
  const last = load<u64>(at(--size))
  let i: u32 = 0
  for (;;) {
    let child: u32 = 2 * i + 1
    if (child >= size) break
    let key = load<u64>(at(child))
    if (child + 1 < size) {
      const right = load<u64>(at(child + 1))
      if (right < key) {
        key = right
        child++
      }
    }
    if (key >= last) break
    store<u64>(at(i), key)
    i = child
  }
  store<u64>(at(i), last)
  return top
}
