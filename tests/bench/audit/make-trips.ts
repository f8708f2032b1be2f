/** A month of four towns as a file of trips, honest but for what is seeded; what was seeded is told apart from it. */
import { createHash } from 'node:crypto'
import { settledRow } from '@hexhail/audit/checks/settled-row.ts'
import { encodeRecord } from '@hexhail/protocol/record.ts'
import { levyOf } from '@hexhail/protocol/tariff.ts'
import { newDriver } from './drivers.ts'
import type { MadeTrip } from './honest-trip.ts'
import { seedLeases } from './leases.ts'
import { seedPasses } from './passes.ts'
import { createRandom } from './random.ts'
import type { Draft, Seed } from './seed.ts'
import { SHIFT_TRIPS, shift } from './shift.ts'
import { createTripWriter } from './trip-file.ts'
import { DAYS, emptyRegisters, hexOf, MONTH_S, named, OLD, type Registers, TOWNS } from './world.ts'

/** What was made. */
export interface Made {
  readonly rows: number
  readonly seeds: readonly Seed[]
  readonly registers: Registers
}

/**
 * Makes about `trips` trips; about `seeds` of them are frauds. Everything comes from `seed`. Drivers are numbered from
 * `firstDriver` on: worlds of other drivers have no trip in common.
 */
export function makeTrips(path: string, trips: number, seeds: number, seed: number, firstDriver = 0): Made {
  const random = createRandom(seed)
  const registers = emptyRegisters()
  const writer = createTripWriter(path)
  const told: Seed[] = []
  const count = Math.max(TOWNS.length, Math.round(trips / (DAYS * SHIFT_TRIPS)))
  const drivers = Array.from({ length: count }, (_, i) => newDriver(firstDriver + i, random, registers))
  registers.concessions.push({
    proof: hexOf(named('student')),
    concession: 'student',
    fromS: 0,
    untilS: 2 ** 40,
  })
  seedLeases(registers, told, Math.max(2, Math.round(seeds / 40)), firstDriver)
  const rate = seeds / trips
  for (let day = 0; day < DAYS; day++) {
    const drafts = drivers.flatMap(driver => shift(driver, day, random, registers, rate))
    seedPasses(drafts, random, Math.round((seeds / 60 / DAYS) * 4))
    drafts.sort((a, b) => a.trip.settledAtS - b.trip.settledAtS)
    for (const draft of drafts) write(draft)
  }
  writer.close()
  return { rows: writer.rows, seeds: told, registers }

  function write({ trip, record, paidFare, filed, seed: mine, after }: Draft): void {
    const { tariff } = tariffOf(trip, record.tariff)
    const fare = paidFare ?? record.fare
    const block = createHash('sha256').update(record.terms).update('block').digest()
    after?.also?.push(`C4 ${writer.rows}`)
    if (mine !== null) {
      mine.rows.push(writer.rows)
      if (mine.rows.length === 1) told.push(mine)
    }
    const signed = encodeRecord(record)
    const settled = settledRow({
      fact: 'settled',
      terms: hexOf(record.terms),
      rider: trip.rider,
      driver: trip.driver,
      tariff: record.tariff,
      ...{ fare, wait: record.wait, toll: record.toll, tip: record.tip },
      levy: levyOf(tariff, fare),
      record: hexOf(rootOf(signed)),
      ...{ txHash: hexOf(block), blockHash: hexOf(block) },
      ...{
        blockNumber: Math.floor((trip.settledAtS - MONTH_S) / 2),
        logIndex: 1,
        timestampS: trip.settledAtS,
      },
    })
    writer.write({ settled, record: filed === undefined ? signed : filed && encodeRecord(filed) })
  }
}

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** The root of a record's bytes: over the sha256 of its four parts. */
function rootOf(bytes: Uint8Array): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const starts = [0, 4, 8, 12].map(at => view.readUInt32LE(at))
  const [fare, ride, who, way] = starts.map((from, i) => sha256(view.subarray(from, starts[i + 1])))
  return sha256(sha256(fare!, ride!), sha256(who!, way!))
}

const tariffOf = (trip: MadeTrip, id: number) =>
  id === OLD.id ? OLD : trip.town.tariffAt(trip.record.acceptedAtMs / 1_000)
