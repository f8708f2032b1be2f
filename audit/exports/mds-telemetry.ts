import { RECORD } from '@hexhail/protocol/record-table.ts'
import { decodeTrace } from '@hexhail/protocol/trace.ts'
import { boundParts } from '../checks/part-bounds.ts'
import { traceStart } from '../checks/read-record.ts'
import { uuidAt } from './mds-uuid.ts'
import type { TextFile } from './out-files.ts'

const filesBegun = new WeakSet<TextFile>()

/** The bytes of the way in an opened record. */
export function wayOf(record: Uint8Array): Uint8Array {
  const parts = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }
  return record.length <= RECORD.maxBytes && boundParts(record, parts)
    ? record.subarray(traceStart(parts), parts.end)
    : new Uint8Array()
}

/** Writes each sample of a record's way as an MDS telemetry point. A way that does not decode has none. */
export function writeTelemetry(
  file: TextFile,
  { provider, device, trip }: { readonly provider: string; readonly device: string; readonly trip: string },
  record: Uint8Array,
  settled: Uint8Array,
  row: number,
): void {
  const trace = decodeTrace(wayOf(record))
  if (trace.verdict !== 'accept') return
  const id = settled.slice(row, row + 16)
  trace.value.samples.forEach(({ atS, lngE5, latE5 }, i) => {
    const own = id.slice()
    new DataView(own.buffer).setUint32(10, i)
    file.write(
      `${filesBegun.has(file) ? ',\n' : ''}{"device_id":"${device}","provider_id":"${provider}",` +
        `"telemetry_id":"${uuidAt(own, 0)}","timestamp":${atS * 1_000},"trip_ids":["${trip}"],"journey_id":null,` +
        `"location":{"lat":${latE5 / 1e5},"lng":${lngE5 / 1e5}}}`,
    )
    filesBegun.add(file)
  })
}
