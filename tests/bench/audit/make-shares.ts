/** A month of trips made by several processes, each with drivers of its own, and put together in the order of settling. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { SETTLED_AT } from '@hexhail/audit/checks/settled-row.ts'
import { type Made, makeTrips } from './make-trips.ts'
import type { Seed } from './seed.ts'
import { createTripWriter, openTrips } from './trip-file.ts'
import { emptyRegisters } from './world.ts'

/** What one process makes. */
export interface Share {
  readonly path: string
  readonly trips: number
  readonly seeds: number
  readonly seed: number
  readonly firstDriver: number
}

const CHILD = new URL('./share-child.ts', import.meta.url)
/** Trips below which one process is enough. */
const FEW = 100_000
/** Numbers of drivers that each share has for itself. */
const DRIVERS = 1_000_000

/** As `makeTrips`, by `shares` processes. Everything comes from `seed` and the number of shares. */
export async function makeShares(
  path: string,
  trips: number,
  seeds: number,
  seed: number,
  shares: number,
): Promise<Made> {
  if (trips < FEW) return makeTrips(path, trips, seeds, seed)
  const asked = Array.from(
    { length: shares },
    (_, i): Share => ({
      path: `${path}.share${i}`,
      trips: trips / shares,
      seeds: seeds / shares,
      ...{ seed: seed * 1_000 + i, firstDriver: i * DRIVERS },
    }),
  )
  const made = await Promise.all(asked.map(makeShare))
  const rows = merge(
    path,
    asked.map(share => share.path),
  )
  const registers = emptyRegisters()
  for (const { permits, vehicles, voids, leases } of made.map(each => each.registers)) {
    for (const each of permits) registers.permits.push(each)
    for (const each of vehicles) registers.vehicles.push(each)
    for (const each of voids) registers.voids.push(each)
    registers.leases.terms.push(...leases.terms)
    registers.leases.shares.push(...leases.shares)
  }
  registers.concessions.push(...made[0]!.registers.concessions)
  const moved = made.flatMap((each, i) => each.seeds.map(told => movedSeed(told, rows[i]!)))
  return { rows: rows.reduce((sum, each) => sum + each.length, 0), seeds: moved, registers }
}

async function makeShare(share: Share): Promise<Made> {
  const child = fork(CHILD, [JSON.stringify(share)], { serialization: 'advanced' })
  const [made] = (await once(child, 'message')) as [Made]
  return made
}

/** Writes all files as one, by the moment of settling; gives where each row went. */
function merge(path: string, paths: readonly string[]): readonly Uint32Array[] {
  const writer = createTripWriter(path)
  const shares = paths.map(each => {
    const source = openTrips(each)
    return {
      source,
      trips: source.trips(0, source.rows)[Symbol.iterator](),
      moved: new Uint32Array(source.rows),
    }
  })
  const heads = shares.map(({ trips }) => trips.next())
  const places = shares.map(() => 0)
  for (;;) {
    let least = -1
    let leastS = Number.POSITIVE_INFINITY
    heads.forEach((head, i) => {
      if (head.done) return
      const atS = new DataView(head.value.settled.buffer, head.value.settled.byteOffset).getUint32(
        SETTLED_AT.timestampS,
        true,
      )
      if (atS < leastS) [least, leastS] = [i, atS]
    })
    if (least < 0) break
    const { settled, record } = heads[least]!.value!
    shares[least]!.moved[places[least]!++] = writer.rows
    writer.write({ settled: Uint8Array.from(settled), record: record && Uint8Array.from(record) })
    heads[least] = shares[least]!.trips.next()
  }
  writer.close()
  for (const each of paths) for (const ending of ['', '.starts']) rmSync(`${each}${ending}`)
  return shares.map(({ moved }) => moved)
}

/** A seed whose rows stand elsewhere. */
const movedSeed = (seed: Seed, to: Uint32Array): Seed => ({
  ...seed,
  rows: seed.rows.map(row => to[row]!),
  ...(seed.also && {
    also: seed.also.map(place => {
      const [check, row] = place.split(' ')
      return `${check} ${to[Number(row)]!}`
    }),
  }),
})
