import type { Route } from './route.ts'

/** Where a request goes into a route: pickup after place `pickup`, drop-off after place `dropoff`. */
export interface Insertion {
  /** Travel time added; `NONE` if there is no way below the limit that was asked for. */
  cost: number
  pickup: number
  dropoff: number
}

/** A cost above all costs. */
export const NONE = 2 ** 31 - 1

const STRIDE = 5
const KEY = 0
const CHECK = 1
const COST = 2
const PICKUP = 3
const DROPOFF = 4

/**
 * The best insertions found lately, by route and request: a search meets the same routes again and again. A slot is
 * {two hashes, cost, places}; places of -1 say that nothing costs less than `cost`.
 */
export class InsertionMemory {
  readonly #slots: Int32Array
  readonly #mask: number
  #slot = 0

  constructor(bits: number) {
    this.#slots = new Int32Array(STRIDE << bits)
    this.#mask = (1 << bits) - 1
  }

  /** True if it is known, into `into`. Must be called before `put`. */
  get(route: Route, request: number, limit: number, into: Insertion): boolean {
    const key = (route.hash + Math.imul(request + 1, 0xc2b2ae35)) | 0
    const slots = this.#slots
    const slot = ((key ^ (key >>> 16)) & this.#mask) * STRIDE
    this.#slot = slot
    if (slots[slot + KEY] !== key || slots[slot + CHECK] !== (route.check ^ ~request)) return false
    const cost = slots[slot + COST]!
    if (slots[slot + PICKUP] === -1) {
      if (cost < limit) return false
      into.cost = NONE
      return true
    }
    into.cost = cost < limit ? cost : NONE
    into.pickup = slots[slot + PICKUP]!
    into.dropoff = slots[slot + DROPOFF]!
    return true
  }

  /** Keeps what was found after `get` said that it is not known. */
  put(route: Route, request: number, limit: number, found: Insertion): void {
    const slots = this.#slots
    const slot = this.#slot
    slots[slot + KEY] = (route.hash + Math.imul(request + 1, 0xc2b2ae35)) | 0
    slots[slot + CHECK] = route.check ^ ~request
    slots[slot + COST] = found.cost === NONE ? limit : found.cost
    slots[slot + PICKUP] = found.cost === NONE ? -1 : found.pickup
    slots[slot + DROPOFF] = found.dropoff
  }
}
