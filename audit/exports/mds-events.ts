import { jobsInOrder } from './jobs-in-order.ts'
import { LIST_MARK, writeListBegin, writeListEnd } from './json-list.ts'
import type { MdsBook } from './mds-book.ts'
import { createEventWriter, type EventsData } from './mds-events-jobs.ts'
import type { MdsFleet } from './mds-fleet.ts'
import type { OutFiles } from './out-files.ts'
import { type Appends, createAppender, endPlaces, sharePlaces } from './part-places.ts'

/** Trips whose events are made at a time, about. */
const PART = 4_096

/**
 * Writes `mds-events.json` and `mds-vehicles-status.json`, on so many threads: each vehicle's trips one after the other
 * through the state machine, so that no step is one that MDS does not have. Times never go back.
 */
export async function writeMdsEvents(
  files: OutFiles,
  { provider, jurisdiction }: { readonly provider: string; readonly jurisdiction: string },
  fleet: MdsFleet,
  book: MdsBook,
  threads: number,
): Promise<void> {
  const order = book.order()
  const begins = wholeVehicles(book, order)
  const { keys: vehicleKeys } = fleet
  const data: EventsData = { provider, jurisdiction, vehicleKeys, trips: book.trips, order, begins }
  const lists = [
    { name: 'events', file: files.text('mds-events.json') },
    { name: 'vehicles_status', file: files.text('mds-vehicles-status.json') },
  ]
  for (const { name, file } of lists) writeListBegin(file, name)
  await writeAll(data, { files: lists.map(({ file }) => file), skip: LIST_MARK }, threads)
  for (const { file } of lists) writeListEnd(file)
}

async function writeAll(data: EventsData, appends: Appends, threads: number): Promise<void> {
  const jobs = data.begins.length - 1
  if (threads > 1) {
    const module = new URL('./mds-events-jobs.ts', import.meta.url).href
    const places = sharePlaces(appends, jobs)
    for await (const _ of jobsInOrder<null>({ module, data: { ...data, places } }, jobs, threads));
    endPlaces(appends, places)
    return
  }
  const append = createAppender(appends)
  const write = createEventWriter(data)
  for (let job = 0; job < jobs; job++) append(write(data.begins[job]!, data.begins[job + 1]!))
}

/** Where parts of some thousand trips begin, and where the last one ends: no vehicle is in two. */
function wholeVehicles({ trips: { vehicle } }: MdsBook, order: Int32Array): Int32Array {
  const begins = [0]
  for (let n = 1; n < order.length; n++)
    if (n - begins.at(-1)! >= PART && vehicle[order[n]!] !== vehicle[order[n - 1]!]) begins.push(n)
  if (order.length > 0) begins.push(order.length)
  return Int32Array.from(begins)
}
