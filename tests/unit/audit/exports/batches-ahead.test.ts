import { join } from 'node:path'
import { SETTLED_BYTES } from '@hexhail/audit/checks/settled-row.ts'
import { batchesAhead } from '@hexhail/audit/exports/batches-ahead.ts'
import { type TripBatch, tripBatches } from '@hexhail/audit/exports/trip-batch.ts'
import { expect, test } from 'vitest'
import { makeTrips } from '../../../bench/audit/make-trips.ts'
import { openTrips } from '../../../bench/audit/trip-file.ts'
import { madeFolder } from './made-month.ts'

/** Trips of a batch: several batches go to and fro. */
const TRIPS = 50

/** All that an export may look at in some rows of a batch. */
const seen = ({ count, t, settled, records }: TripBatch) =>
  [0, count >> 1, count - 1].map(i => [
    ...[t.filed[i], t.paidFare[i], t.metres[i], t.startedAtS[i], t.passengers[i]],
    ...[
      Buffer.from(settled.subarray(SETTLED_BYTES * i, SETTLED_BYTES * i + 32)).toString('hex'),
      records[i]?.length,
    ],
  ])

test('what a second thread reads ahead is what this one reads, batch by batch', async () => {
  using folder = madeFolder()
  const path = join(folder.dir, 'trips')
  makeTrips(path, 260, 40, 5)
  const source = openTrips(path)
  const module = new URL('../../../bench/audit/trip-file.ts', import.meta.url).href
  const ahead = batchesAhead({ module, options: path, rows: source.rows }, true, TRIPS)
  const batches: number[] = []
  for await (const batch of tripBatches(source.trips(0, source.rows), true, TRIPS)) {
    const { value } = await ahead.next()
    expect(value!.count).toBe(batch.count)
    expect(seen(value!)).toEqual(seen(batch))
    batches.push(batch.count)
  }
  expect((await ahead.next()).done).toBe(true)
  expect(batches.length).toBeGreaterThan(4)
})

test('what the second thread cannot read fails the export', async () => {
  const module = new URL('../../../bench/audit/trip-file.ts', import.meta.url).href
  const ahead = batchesAhead({ module, options: '/nowhere', rows: 1 }, false)
  await expect(ahead.next()).rejects.toThrow('/nowhere')
})
