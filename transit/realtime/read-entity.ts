import { PbfReader } from 'pbf'
import type { CallNews, CallTime, Entity, TripRef } from './entity.ts'

/** Field numbers: gtfs-realtime.proto, version 2.0. Extensions and what is not read are passed over. */

type Draft<T> = { -readonly [K in keyof T]: T[K] }

const child = <T>(pbf: PbfReader, read: (tag: number, out: T, pbf: PbfReader) => void, into: T): T =>
  pbf.readMessage(read, into)

const newTrip = (): Draft<TripRef> => ({
  ...{ trip: '', startTime: '', startDate: '', as: null, route: '', direction: null },
})

function readTrip(tag: number, out: Draft<TripRef>, pbf: PbfReader): void {
  if (tag === 1) out.trip = pbf.readString()
  else if (tag === 2) out.startTime = pbf.readString()
  else if (tag === 3) out.startDate = pbf.readString()
  else if (tag === 4) out.as = pbf.readVarint()
  else if (tag === 5) out.route = pbf.readString()
  else if (tag === 6) out.direction = pbf.readVarint()
}

interface Car {
  id: string
  label: string
}

function readCar(tag: number, out: Car, pbf: PbfReader): void {
  if (tag === 1) out.id = pbf.readString()
  else if (tag === 2) out.label = pbf.readString()
}

function readCallTime(tag: number, out: Draft<CallTime>, pbf: PbfReader): void {
  if (tag === 1) out.lateS = pbf.readVarint(true)
  else if (tag === 2) out.timeS = pbf.readVarint(true)
}

function readCall(tag: number, out: Draft<CallNews>, pbf: PbfReader): void {
  if (tag === 1) out.sequence = pbf.readVarint()
  else if (tag === 2) out.arrival = child<Draft<CallTime>>(pbf, readCallTime, { lateS: null, timeS: null })
  else if (tag === 3) out.departure = child<Draft<CallTime>>(pbf, readCallTime, { lateS: null, timeS: null })
  else if (tag === 4) out.stop = pbf.readString()
  else if (tag === 5) out.as = pbf.readVarint()
}

interface Position {
  lat: number | null
  lng: number | null
  bearingDeg: number | null
  speedMps: number | null
}

function readPosition(tag: number, out: Position, pbf: PbfReader): void {
  if (tag === 1) out.lat = pbf.readFloat()
  else if (tag === 2) out.lng = pbf.readFloat()
  else if (tag === 3) out.bearingDeg = pbf.readFloat()
  else if (tag === 5) out.speedMps = pbf.readFloat()
}

/** All that an entity may hold; which kind it is shows at its end. */
const newDraft = () => ({
  id: '',
  isDeleted: false,
  has: null as 'vehicle' | 'trip' | null,
  trip: null as Draft<TripRef> | null,
  car: { id: '', label: '' } as Car,
  place: { lat: null, lng: null, bearingDeg: null, speedMps: null } as Position,
  sequence: null as number | null,
  stop: '',
  status: null as number | null,
  occupancy: null as number | null,
  calls: [] as CallNews[],
  lateS: null as number | null,
  atS: 0,
})
type EntityDraft = ReturnType<typeof newDraft>

function readUpdate(tag: number, out: EntityDraft, pbf: PbfReader): void {
  if (tag === 1) out.trip = child(pbf, readTrip, newTrip())
  else if (tag === 2)
    out.calls.push(
      child<Draft<CallNews>>(pbf, readCall, {
        ...{ sequence: null, stop: '', arrival: null, departure: null, as: null },
      }),
    )
  else if (tag === 3) child(pbf, readCar, out.car)
  else if (tag === 4) out.atS = pbf.readVarint()
  else if (tag === 5) out.lateS = pbf.readVarint(true)
}

function readVehicle(tag: number, out: EntityDraft, pbf: PbfReader): void {
  if (tag === 1) out.trip = child(pbf, readTrip, newTrip())
  else if (tag === 2) child(pbf, readPosition, out.place)
  else if (tag === 3) out.sequence = pbf.readVarint()
  else if (tag === 4) out.status = pbf.readVarint()
  else if (tag === 5) out.atS = pbf.readVarint()
  else if (tag === 7) out.stop = pbf.readString()
  else if (tag === 8) child(pbf, readCar, out.car)
  else if (tag === 9) out.occupancy = pbf.readVarint()
}

/**
 * What one `FeedEntity` says: a vehicle, a trip, or of a feed that joins both into one, two; alerts and what is deleted
 * give none. @throws {Error} where the bytes are no message
 */
export function readEntities(bytes: Uint8Array): Entity[] {
  const found: { id: string; deleted: boolean; drafts: EntityDraft[] } = {
    id: '',
    deleted: false,
    drafts: [],
  }
  const pbf = new PbfReader(bytes)
  pbf.readFields((tag, out) => {
    if (tag === 1) out.id = pbf.readString()
    else if (tag === 2) out.deleted = pbf.readBoolean()
    else if (tag === 3) out.drafts.push(child(pbf, readUpdate, { ...newDraft(), has: 'trip' }))
    else if (tag === 4) out.drafts.push(child(pbf, readVehicle, { ...newDraft(), has: 'vehicle' }))
  }, found)
  if (pbf.pos > bytes.length) throw new RangeError('A field runs over the end.')
  return found.deleted ? [] : found.drafts.flatMap(draft => entityOf(found.id, draft))
}

function entityOf(id: string, draft: EntityDraft): Entity[] {
  const { has, trip, car, place, sequence, stop, status, occupancy, calls, lateS, atS } = draft
  if (has === 'trip') return trip ? [{ kind: 'trip', id, trip, vehicle: car.id, calls, atS, lateS }] : []
  const { lat, lng, bearingDeg, speedMps } = place
  if (lat === null || lng === null) return []
  const { id: vehicle, label } = car
  const at = [lng, lat] as const
  return [
    {
      ...{ kind: 'vehicle', id, trip, vehicle, label, at, bearingDeg, speedMps },
      ...{ sequence, stop, status, occupancy, atS },
    },
  ]
}
