import { RECORD } from '@hexhail/protocol/record-table.ts'
import { decodeTrace } from '@hexhail/protocol/trace.ts'
import { boundParts } from '../checks/part-bounds.ts'
import { traceStart } from '../checks/read-record.ts'
import { ByteText, textBytes } from './byte-text.ts'

/** The bytes of the way in an opened record. */
export function wayOf(record: Uint8Array): Uint8Array {
  const parts = { fare: 0, ride: 0, who: 0, way: 0, end: 0 }
  return record.length <= RECORD.maxBytes && boundParts(record, parts)
    ? record.subarray(traceStart(parts), parts.end)
    : new Uint8Array()
}

/** Bytes of a point at most. */
const ROW = 1_024

/** Writes each sample of records' ways as an MDS telemetry point, each after a comma. */
export function createTelemetry(provider: string) {
  const out = new ByteText()
  const device = textBytes(',\n{"device_id":"')
  const telemetry = textBytes(`","provider_id":"${provider}","telemetry_id":"`)
  const at = textBytes('","timestamp":')
  const trip = textBytes(',"trip_ids":["')
  const place = textBytes('"],"journey_id":null,"location":{"lat":')
  const lng = textBytes(',"lng":')
  const end = textBytes('}}')
  return {
    /** A way that does not decode has no points. `deviceId` and the trip at `row` begin with the bytes of their UUIDs. */
    take(settled: Uint8Array, row: number, deviceId: Uint8Array, record: Uint8Array): void {
      const trace = decodeTrace(wayOf(record))
      if (trace.verdict !== 'accept') return
      const id = settled.slice(row, row + 16)
      const view = new DataView(id.buffer)
      for (const [i, { atS, lngE5, latE5 }] of trace.value.samples.entries()) {
        view.setUint32(10, i)
        out.room(ROW + telemetry.length)
        out.put(device)
        out.uuid(deviceId, 0)
        out.put(telemetry)
        out.uuid(id, 0)
        out.put(at)
        out.uint(atS * 1_000)
        out.put(trip)
        out.uuid(settled, row)
        out.put(place)
        out.degrees(latE5)
        out.put(lng)
        out.degrees(lngE5)
        out.put(end)
      }
    },
    clear: () => out.clear(),
    get written(): Uint8Array {
      return out.written
    },
  }
}
