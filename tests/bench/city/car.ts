import { type Course, comeOn, courseOf } from '@hexhail/matcher/pool/course.ts'
import { type PoolRider, type PoolStop, type PoolTravel, placeOf } from '@hexhail/matcher/pool/problem.ts'
import type { City } from '@hexhail/sim/city/city-times.ts'

/** What a car did at a stop. */
export type Stopped = (stop: PoolStop, atDs: number) => void

/** A car on the roads. */
export interface Car {
  course: Course
  /** Where it goes without a rider, or -1. */
  target: number
  /** Driving: all, with nobody in it, and with each rider counted. */
  drivenDs: number
  emptyDs: number
  carriedDs: number
}

/** Drives a car, by its stops or to its target, to the first node that it comes to at `nowDs` or later. */
export function driveUntil(car: Car, nowDs: number, city: City, travel: PoolTravel, stopped: Stopped): void {
  const { vehicle } = car.course
  let { place, atDs } = vehicle
  let onBoard: PoolRider[] | null = null
  let riders = vehicle.onBoard.length
  let made = 0
  for (;;) {
    const stop = vehicle.stops[made]
    const to = stop ? placeOf(stop) : car.target
    if (stop && place === to && atDs <= nowDs) {
      const { request, kind } = stop
      stopped(stop, atDs)
      atDs += travel.stopDs
      made++
      onBoard ??= [...vehicle.onBoard]
      if (kind === 'pickup') onBoard.push({ request, leftDs: atDs })
      else onBoard = onBoard.filter(rider => rider.request !== request)
      riders = onBoard.length
      continue
    }
    if (atDs >= nowDs) break
    if (to === -1 || place === to) {
      car.target = -1
      atDs = nowDs
      break
    }
    const arc = arcTowards(city, place, to)
    const ds = city.graph.ds[arc]!
    car.drivenDs += ds
    car.carriedDs += riders * ds
    if (riders === 0) car.emptyDs += ds
    place = city.graph.to[arc]!
    atDs += ds
  }
  if (made === 0) car.course = comeOn(car.course, place, atDs)
  else {
    const moved = { ...vehicle, place, atDs, onBoard: onBoard!, stops: vehicle.stops.slice(made) }
    car.course = courseOf(moved, travel)
  }
}

/** The first road of a quickest way. */
function arcTowards({ graph, times, nodes }: City, from: number, to: number): number {
  const left = times[from * nodes + to]!
  for (let a = graph.from[from]!; a < graph.from[from + 1]!; a++)
    if (graph.ds[a]! + times[graph.to[a]! * nodes + to]! === left) return a
  throw new Error(`No way from ${from} to ${to}.`)
}
