/**
 * Vehicle states of MDS 2.0 passenger services, and how the steps of our trips become them. Facts of the table:
 * openmobilityfoundation/mobility-data-specification, modes/passenger-services.md, with the names of the 2.0 schemas.
 */
import type { TripEvent } from '@hexhail/protocol/trip.ts'

/** Which event may lead a vehicle from which state to which. */
export const MDS_LEGAL = {
  available: {
    elsewhere: ['trip_leave_jurisdiction'],
    non_operational: ['service_end'],
    reserved: ['reservation_start'],
    non_contactable: ['comms_lost'],
  },
  elsewhere: {
    available: ['trip_enter_jurisdiction'],
    non_operational: ['trip_enter_jurisdiction'],
    on_trip: ['trip_enter_jurisdiction'],
    reserved: ['trip_enter_jurisdiction'],
    non_contactable: ['comms_lost'],
  },
  non_operational: {
    available: ['service_start'],
    elsewhere: ['trip_leave_jurisdiction'],
    removed: ['decommissioned', 'maintenance_pick_up'],
    non_contactable: ['comms_lost'],
  },
  on_trip: {
    elsewhere: ['trip_leave_jurisdiction'],
    stopped: ['trip_stop'],
    non_contactable: ['comms_lost'],
  },
  removed: { non_operational: ['maintenance_end', 'recommissioned'], non_contactable: ['comms_lost'] },
  reserved: {
    available: ['driver_cancellation', 'passenger_cancellation', 'provider_cancellation'],
    elsewhere: ['trip_leave_jurisdiction'],
    stopped: ['reservation_stop'],
    non_contactable: ['comms_lost'],
  },
  stopped: {
    available: ['driver_cancellation', 'passenger_cancellation', 'provider_cancellation', 'trip_end'],
    on_trip: ['trip_resume', 'trip_start'],
    non_contactable: ['comms_lost'],
  },
  non_contactable: {
    available: ['comms_restored'],
    elsewhere: ['comms_restored'],
    non_operational: ['comms_restored'],
    on_trip: ['comms_restored'],
    removed: ['comms_restored'],
    reserved: ['comms_restored'],
    stopped: ['comms_restored'],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

/** A vehicle's state. */
export type MdsState = keyof typeof MDS_LEGAL
/** Event types that our trips and shifts make. */
export type MdsEvent =
  | 'service_start'
  | 'service_end'
  | 'reservation_start'
  | 'reservation_stop'
  | 'trip_start'
  | 'trip_stop'
  | 'trip_resume'
  | 'trip_end'
  | 'driver_cancellation'
  | 'passenger_cancellation'
  | 'provider_cancellation'

/** A vehicle on its way through the states. */
export interface MdsVehicle {
  state: MdsState
  /** Whether the passenger is in it. */
  isBoarded: boolean
}

/** A vehicle whose driver has not gone online. */
export const idleVehicle = (): MdsVehicle => ({ state: 'non_operational', isBoarded: false })

/** What happened, and the state after it. */
export type MdsStep = readonly [event: MdsEvent, state: MdsState]

/** Who ends a ride that has not begun, by what ended it. */
const ENDS: Readonly<Partial<Record<TripEvent, MdsEvent>>> = {
  finish: 'trip_end',
  settle: 'passenger_cancellation', // a signed fee for a ride that never began
  cancel: 'passenger_cancellation',
  release: 'driver_cancellation',
  noShow: 'driver_cancellation',
  claim: 'driver_cancellation',
  unhold: 'provider_cancellation', // the chain took the booking back
}

const ONLINE: MdsStep = ['service_start', 'available']
const ARRIVED: MdsStep = ['reservation_stop', 'stopped']
const STOPPED: MdsStep = ['trip_stop', 'stopped']

/** A driver goes online or offline. Offline while a ride goes on: nothing yet, ask again after it. */
export function shiftSteps(vehicle: MdsVehicle, isOnline: boolean): readonly MdsStep[] {
  if (isOnline) return vehicle.state === 'non_operational' ? walk(vehicle, [ONLINE]) : []
  return vehicle.state === 'available' ? walk(vehicle, [['service_end', 'non_operational']]) : []
}

/** An event of the vehicle's trip: none, one or several steps, each of them legal. */
export function tripSteps(vehicle: MdsVehicle, event: TripEvent): readonly MdsStep[] {
  const { state } = vehicle
  switch (event) {
    case 'hold': {
      const reserve: MdsStep = ['reservation_start', 'reserved']
      if (state === 'non_operational') return walk(vehicle, [ONLINE, reserve])
      return state === 'available' ? walk(vehicle, [reserve]) : []
    }
    case 'arrive':
      return state === 'reserved' ? walk(vehicle, [ARRIVED]) : []
    case 'start': {
      const start: MdsStep = ['trip_start', 'on_trip']
      if (vehicle.isBoarded || (state !== 'reserved' && state !== 'stopped')) return []
      vehicle.isBoarded = true
      return walk(vehicle, state === 'reserved' ? [ARRIVED, start] : [start])
    }
    case 'stop':
      return state === 'on_trip' ? walk(vehicle, [STOPPED]) : []
    case 'resume':
      return state === 'stopped' && vehicle.isBoarded ? walk(vehicle, [['trip_resume', 'on_trip']]) : []
    default: {
      const end = ENDS[event]
      return end === undefined ? [] : over(vehicle, end)
    }
  }
}

/** The ride is over, or never was one. */
function over(vehicle: MdsVehicle, end: MdsEvent): readonly MdsStep[] {
  const { state, isBoarded } = vehicle
  vehicle.isBoarded = false
  if (isBoarded && state === 'on_trip') return walk(vehicle, [STOPPED, ['trip_end', 'available']])
  if (isBoarded && state === 'stopped') return walk(vehicle, [['trip_end', 'available']])
  if (state === 'reserved' || state === 'stopped')
    return walk(vehicle, [[end === 'trip_end' ? 'provider_cancellation' : end, 'available']])
  return []
}

function walk(vehicle: MdsVehicle, steps: readonly MdsStep[]): readonly MdsStep[] {
  vehicle.state = steps.at(-1)![1]
  return steps
}
