import { type Driver, isAway, poorly, suspend, weekOf, weekSeed } from './drivers.ts'
import { FRAUDS } from './frauds.ts'
import { type Driving, honestTrip, type MadeTrip } from './honest-trip.ts'
import { concession } from './passes.ts'
import type { Random } from './random.ts'
import type { Draft, Seed } from './seed.ts'
import { DAYS, hexOf, MONTH_S, named, OLD, type Registers } from './world.ts'

/** Trips of a day, about. */
export const SHIFT_TRIPS = 9

/** One driver's day: trips one after the other, numbers without gaps, some of them void. */
export function shift(
  driver: Driver,
  day: number,
  random: Random,
  registers: Registers,
  rate: number,
): Draft[] {
  if (driver.restsOn === day) return []
  const { town } = driver
  const shiftId = named(`shift ${driver.name} ${day}`).subarray(0, 16)
  const drafts: Draft[] = []
  const isCity = town.name === 'city'
  const tooLong = isCity && day < DAYS - 1 && random() < rate * 0.04 ? longShift() : null
  const isSuspended = isCity && tooLong === null && driver.isSuspendable && random() < rate * 0.15
  if (isSuspended) suspend(driver, day, registers)
  if (town.name === 'suburb' && day % 7 === 1 && random() < rate * 0.4) driver.poorWeek = weekOf(day)
  const poor = weekSeed(driver, day)
  let at = MONTH_S + day * 86_400 + 6 * 3_600 + Math.floor(random() * 6 * 3_600)
  let seq = 0
  let drivenS = 0
  const most = tooLong ? 400 : SHIFT_TRIPS - 3 + Math.floor(random() * 7)
  for (let n = 0; n < most && (!tooLong || drivenS < 13.5 * 3_600); n++) {
    const name = `${driver.name} ${day} ${n}`
    const isFraud = random() < rate && !tooLong && !poor && !isSuspended
    const before = drafts.at(-1)?.trip
    const group = isFraud && random() < 0.2 ? groupFraud(drafts, random) : null
    for (; group !== 'twice' && random() < 0.03; seq++)
      registers.voids.push({ shift: hexOf(shiftId), shiftSeq: seq })
    if (group === 'skip') seq++
    if (group === 'twice') seq--
    const overlap = group === 'overlap' && before ? before.record.finishedAtMs / 1_000 - 400 : null
    const beginS = overlap ?? at + (tooLong ? 520 : 560 + Math.floor(random() * 900))
    const driving: Driving = {
      driver: driver.account,
      permit: named(`permit ${driver.name}`),
      vehicle: named(`car ${driver.name}`),
      ...{ propulsion: driver.propulsion, isWav: driver.isWav, shift: shiftId, shiftSeq: seq++ },
    }
    const isStale = group === 'stale' && isCity && beginS - 600 >= (OLD.endsAtS as number)
    const trip = honestTrip(random, isStale ? { ...town, tariffAt: () => OLD } : town, driving, beginS, name)
    const lost = drafts.at(-1)?.seed
    const isLost = lost?.check === 'C1' || lost?.check === 'C2'
    const after = isLost ? lost : null
    const draft = { ...finish(trip, isFraud && group === null), after }
    drafts.push(draft)
    if (draft.seed?.kind === TWICE)
      drafts.push({ ...draft, trip: { ...trip, settledAtS: trip.settledAtS + 40 } })
    const length = trip.record.startedAtMs > 0 ? trip.record.secs : 0
    drivenS += length
    at = Math.max(at, beginS + length)

    function finish(made: MadeTrip, single: boolean): Draft {
      const seed = groupSeed()
      if (seed !== null) return { trip: made, record: made.record, seed }
      if (single) {
        const start = Math.floor(random() * FRAUDS.length)
        for (let k = 0; k < FRAUDS.length; k++) {
          const fraud = FRAUDS[(start + k) % FRAUDS.length]!
          const deed = fraud.commit(made, random)
          if (deed !== null)
            return { trip: made, ...deed, seed: { kind: fraud.kind, check: fraud.check, rows: [], also: [] } }
        }
      }
      return { trip: made, record: concession(made, random), seed: null }
    }
    function groupSeed(): Seed | null {
      const seed = (kind: string, check: string): Seed => ({ kind, check, rows: [] })
      if (tooLong) return tooLong
      if (poor) return poor
      if (isSuspended && isAway(trip, day)) return seed('a permit suspended', 'P1')
      if (isStale) return seed('a tariff after its end', 'L2')
      if (group === 'skip') return seed('a number skipped', 'C4')
      if (group === 'twice') return seed('a number given twice', 'C4')
      if (group === 'overlap') return trip.record.startedAtMs > 0 ? seed('two trips at once', 'C3') : null
      return group === 'again' ? seed(TWICE, 'C3') : null
    }
  }
  if (tooLong) driver.restsOn = day + 1
  if (poor) for (const [i, draft] of drafts.entries()) drafts[i] = { ...draft, record: poorly(draft.trip) }
  return drafts

  function longShift(): Seed {
    return { kind: 'too long at the wheel', check: 'P3', rows: [] }
  }
}

const TWICE = 'a trip settled twice'

type GroupKind = 'skip' | 'twice' | 'overlap' | 'again' | 'stale'

function groupFraud(drafts: readonly Draft[], random: Random): GroupKind | null {
  const before = drafts.at(-1)
  const kinds: GroupKind[] = ['skip', 'stale', 'again']
  if (before && before.seed === null && before.trip.record.startedAtMs > 0) {
    kinds.push('twice')
    if (before.trip.record.secs > 800) kinds.push('overlap')
  }
  return kinds[Math.floor(random() * kinds.length)]!
}
