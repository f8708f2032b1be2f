import type { Model } from './model.ts'

/**
 * The least times at which the stops of a route can begin, or false if there are none: the least fixed point of the
 * difference constraints of travel, windows, ride times and the vehicle's duty, so exact. The first `fixed` stops keep the
 * times that their windows say. `time` is written by place in the route, `at` by request with the place of its pickup.
 */
export function leastTimes(
  model: Model,
  vehicle: number,
  nodes: Int32Array,
  length: number,
  time: Int32Array,
  at: Int32Array,
): boolean {
  const { n, size, travel, earliest, latest, service } = model
  const fixed = model.fixedOf[vehicle]!
  let riders = 0
  for (let k = 0; k < length; k++) {
    const b = nodes[k]!
    let least = earliest[b]!
    if (k >= fixed) {
      const a = nodes[k - 1]!
      const arrival = time[k - 1]! + service[a]! + travel[a * size + b]!
      if (arrival > least) least = arrival
    }
    if (least > latest[b]!) return false
    time[k] = least
    if (b < n) {
      at[b] = k
      riders++
    }
  }
  return settleBack(model, vehicle, nodes, length, time, at, riders, length - 1)
}

/**
 * Raises least times until ride times and duty hold too. Bounds up to place `high` are looked at first. A path of raises
 * uses each rider's bound and the duty at most once, so that more rounds than those mean there is no schedule.
 */
export function settleBack(
  model: Model,
  vehicle: number,
  nodes: Int32Array,
  length: number,
  time: Int32Array,
  at: Int32Array,
  riders: number,
  high: number,
): boolean {
  const { n, size, travel, latest, service, mostRide } = model
  const last = length - 1
  const first = model.fixedOf[vehicle]!
  let top = high
  for (let round = 0; round <= riders + 2; round++) {
    let low = length
    if (top === last) {
      const need = time[last]! - model.mostDutyOf[vehicle]!
      if (need > time[0]!) {
        if (need > latest[nodes[0]!]!) return false
        time[0] = need
        low = 0
      }
      top--
    }
    for (let k = top; k > 0; k--) {
      const r = nodes[k]! - n
      if (r < 0) continue
      const pickup = at[r]!
      const need = time[k]! - mostRide[r]! - service[r]!
      if (need > time[pickup]!) {
        if (need > latest[r]!) return false
        time[pickup] = need
        if (pickup < low) low = pickup
      }
    }
    if (low === length) return true
    for (let k = low + 1 < first ? first : low + 1; k < length; k++) {
      const a = nodes[k - 1]!
      const b = nodes[k]!
      const arrival = time[k - 1]! + service[a]! + travel[a * size + b]!
      if (arrival > time[k]!) {
        if (arrival > latest[b]!) return false
        time[k] = arrival
      }
    }
    top = last
  }
  return false
}

/** The latest times at which the stops of a route that has a schedule can begin: the greatest fixed point. */
export function mostTimes(
  model: Model,
  vehicle: number,
  nodes: Int32Array,
  length: number,
  time: Int32Array,
  at: Int32Array,
): void {
  const { n, size, travel, latest, service, mostRide } = model
  const fixed = model.fixedOf[vehicle]!
  const last = length - 1
  for (let k = 0; k < length; k++) time[k] = latest[nodes[k]!]!
  for (let isLower = true; isLower; ) {
    isLower = false
    for (let k = last - 1; k >= fixed - 1; k--) {
      const a = nodes[k]!
      const most = time[k + 1]! - service[a]! - travel[a * size + nodes[k + 1]!]!
      if (most < time[k]!) time[k] = most
    }
    for (let k = 1; k < last; k++) {
      const r = nodes[k]! - n
      if (r < 0) continue
      const most = time[at[r]!]! + service[r]! + mostRide[r]!
      if (most < time[k]!) {
        time[k] = most
        isLower = true
      }
    }
    const back = time[0]! + model.mostDutyOf[vehicle]!
    if (back < time[last]!) {
      time[last] = back
      isLower = true
    }
  }
}
