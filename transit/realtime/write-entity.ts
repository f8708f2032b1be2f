import { PbfWriter } from 'pbf'
import type { CallNews, CallTime, Entity, TripEntity, TripRef, VehicleEntity } from './entity.ts'

const text = (pbf: PbfWriter, tag: number, value: string): void => {
  if (value !== '') pbf.writeStringField(tag, value)
}
const int = (pbf: PbfWriter, tag: number, value: number | null): void => {
  if (value !== null) pbf.writeVarintField(tag, value)
}
const float = (pbf: PbfWriter, tag: number, value: number | null): void => {
  if (value !== null) pbf.writeFloatField(tag, value)
}

function writeTrip(trip: TripRef, pbf: PbfWriter): void {
  text(pbf, 1, trip.trip)
  text(pbf, 2, trip.startTime)
  text(pbf, 3, trip.startDate)
  int(pbf, 4, trip.as)
  text(pbf, 5, trip.route)
  int(pbf, 6, trip.direction)
}

function writeCar({ vehicle, label }: { vehicle: string; label: string }, pbf: PbfWriter): void {
  text(pbf, 1, vehicle)
  text(pbf, 2, label)
}

function writeCallTime({ lateS, timeS }: CallTime, pbf: PbfWriter): void {
  int(pbf, 1, lateS)
  int(pbf, 2, timeS)
}

function writeCall(call: CallNews, pbf: PbfWriter): void {
  int(pbf, 1, call.sequence)
  if (call.arrival) pbf.writeMessage(2, writeCallTime, call.arrival)
  if (call.departure) pbf.writeMessage(3, writeCallTime, call.departure)
  text(pbf, 4, call.stop)
  int(pbf, 5, call.as)
}

function writePosition({ at, bearingDeg, speedMps }: VehicleEntity, pbf: PbfWriter): void {
  float(pbf, 1, at[1])
  float(pbf, 2, at[0])
  float(pbf, 3, bearingDeg)
  float(pbf, 5, speedMps)
}

function writeUpdate(entity: TripEntity, pbf: PbfWriter): void {
  pbf.writeMessage(1, writeTrip, entity.trip)
  for (const call of entity.calls) pbf.writeMessage(2, writeCall, call)
  if (entity.vehicle !== '') pbf.writeMessage(3, writeCar, { vehicle: entity.vehicle, label: '' })
  int(pbf, 4, entity.atS)
  int(pbf, 5, entity.lateS)
}

function writeVehicle(entity: VehicleEntity, pbf: PbfWriter): void {
  if (entity.trip) pbf.writeMessage(1, writeTrip, entity.trip)
  pbf.writeMessage(2, writePosition, entity)
  int(pbf, 3, entity.sequence)
  int(pbf, 4, entity.status)
  int(pbf, 5, entity.atS)
  text(pbf, 7, entity.stop)
  pbf.writeMessage(8, writeCar, entity)
  int(pbf, 9, entity.occupancy)
}

/** Bytes of a `FeedEntity`: fields by number, once each, so that one meaning has one encoding. */
export function writeEntity(entity: Entity): Uint8Array {
  const pbf = new PbfWriter()
  text(pbf, 1, entity.id)
  if (entity.kind === 'trip') pbf.writeMessage(3, writeUpdate, entity)
  else pbf.writeMessage(4, writeVehicle, entity)
  return pbf.finish().slice()
}
