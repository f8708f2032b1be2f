/** A running hash of all that happens: the same scenario gives the same one on every machine. */
export interface EventHash {
  note(ms: number, event: number, a: number, b: number): void
  /** 16 hex digits. */
  digits(): string
}

/** What is noted. */
export const EVENT = {
  asks: 1,
  idle: 2,
  given: 3,
  picked: 4,
  gone: 5,
  said: 6,
  commit: 7,
  solved: 8,
} as const

/** Two lanes of 32 bits, mixed as MurmurHash3 does. */
export function createEventHash(): EventHash {
  let high = 0x9e3779b1
  let low = 0x85ebca6b
  const add = (n: number): void => {
    low = Math.imul(low ^ n, 0xcc9e2d51)
    low ^= low >>> 15
    high = Math.imul((high ^ n) + low, 0x1b873593)
    high ^= high >>> 13
  }
  const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0')
  return {
    note: (ms, event, a, b) => {
      add(ms | 0)
      add(event)
      add(a)
      add(b)
    },
    digits: () => hex(high) + hex(low),
  }
}
