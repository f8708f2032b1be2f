/** Where a trip stands wrong: how manieth call, and how. */
export interface TimeFault {
  readonly call: number
  readonly code: 'TIME_MISSING' | 'TIME_BACKWARDS'
  readonly column: 'arrival_time' | 'departure_time'
}

/**
 * Fill a trip's blank times (-1) in place, by the distance between the calls that have times, to the whole second;
 * `along` is asked only where one is blank. Answers with what is wrong, or null.
 */
export function fillTimes(
  arrS: Int32Array,
  depS: Int32Array,
  along: () => ArrayLike<number>,
): TimeFault | null {
  const last = arrS.length - 1
  let metres: ArrayLike<number> | null = null
  let timed = -1
  for (let i = 0; i <= last; i++) {
    if (arrS[i]! < 0) arrS[i] = depS[i]!
    if (depS[i]! < 0) depS[i] = arrS[i]!
    if (arrS[i]! < 0) {
      if (i === 0 || i === last) return { call: i, code: 'TIME_MISSING', column: 'arrival_time' }
      continue
    }
    const code = 'TIME_BACKWARDS'
    if (timed >= 0 && arrS[i]! < depS[timed]!) return { call: i, code, column: 'arrival_time' }
    if (depS[i]! < arrS[i]!) return { call: i, code, column: 'departure_time' }
    if (timed >= 0 && timed < i - 1) {
      metres ??= along()
      const span = metres[i]! - metres[timed]!
      const seconds = arrS[i]! - depS[timed]!
      for (let k = timed + 1; k < i; k++) {
        // Calls at one place share the time by their number.
        const part = span > 0 ? (metres[k]! - metres[timed]!) / span : (k - timed) / (i - timed)
        arrS[k] = depS[k] = depS[timed]! + Math.round(part * seconds)
      }
    }
    timed = i
  }
  return null
}
