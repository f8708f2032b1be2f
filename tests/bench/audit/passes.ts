import { levyOf } from '@hexhail/protocol/tariff.ts'
import type { MadeTrip } from './honest-trip.ts'
import type { Random } from './random.ts'
import type { Draft, Seed } from './seed.ts'
import { named } from './world.ts'

/** The cap of a day, minor units. */
const CAP_UNITS = 25_000_000n

/** Some riders show a concession, and it is taken off. */
export function concession({ record, town }: MadeTrip, random: Random) {
  if (town.name !== 'city' || record.startedAtMs === 0 || random() > 0.03) return record
  const off = (record.fare * 3_000n) / 10_000n
  const taken = off > 2_000_000n ? 2_000_000n : off
  const { tariff } = town.tariffAt(record.acceptedAtMs / 1_000)
  const fare = record.fare - taken
  const levy = levyOf(tariff, fare)
  const tip = record.tip > fare ? fare : record.tip
  const levies = levy === 0n ? [] : [{ id: 0xffff, amount: levy }]
  return {
    ...record,
    fare,
    tip,
    concession: taken,
    concessionId: 0,
    concessionProof: named('student'),
    levies,
  }
}

/** Gives passes to riders of a day: most stay under the cap of 25, some go over it. */
export function seedPasses(drafts: readonly Draft[], random: Random, frauds: number): void {
  const free = drafts.filter(
    each => each.seed === null && each.trip.town.name === 'city' && each.trip.record.startedAtMs > 0,
  )
  let next = 0
  const take = (isOver: boolean) => {
    const pass = named(`pass ${random()}`)
    const seed: Seed | null = isOver ? { kind: 'a cap of the day exceeded', check: 'F5', rows: [] } : null
    let paid = 0n
    while (next < free.length) {
      const draft = free[next]! as { record: Draft['record']; seed: Seed | null }
      if (!isOver && paid + draft.record.fare > CAP_UNITS) return
      next++
      draft.record = { ...draft.record, pass }
      if (seed) draft.seed = seed
      paid += draft.record.fare
      if (isOver ? paid > CAP_UNITS : random() < 0.6) return
    }
    if (isOver && paid <= CAP_UNITS) {
      for (const draft of free) if (draft.seed === seed) (draft as { seed: Seed | null }).seed = null
    }
  }
  for (let i = 0; i < frauds; i++) take(true)
  for (let i = 0; i < free.length / 60; i++) take(false)
}
