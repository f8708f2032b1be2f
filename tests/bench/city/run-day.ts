import { assignRequests } from '@hexhail/matcher/pool/assign-requests.ts'
import { checkCourse } from '@hexhail/matcher/pool/check-course.ts'
import { courseOf } from '@hexhail/matcher/pool/course.ts'
import { type PoolRequest, type PoolTravel, poolTravel } from '@hexhail/matcher/pool/problem.ts'
import { sendIdle } from '@hexhail/matcher/pool/send-idle.ts'
import { readCity } from '@hexhail/sim/city/read-city.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { type Car, driveUntil } from './car.ts'
import { drawDay } from './draw-day.ts'
import { FOLDER, type Setting } from './settings.ts'

const EPOCH_DS = 300
const DAY_DS = 864_000
/** No rider may cost the others so much: it is never what decides in these settings. */
const MOST_COST_DS = 100_000
/** Idle cars go no further for riders who only might be there. */
const MOST_SEND_DS = 100_000

/** What became of a day. */
export interface DayFigures {
  readonly orders: number
  readonly servedPct: number
  readonly waitS: number
  readonly delayS: number
  readonly rideS: number
  /** Riders in a car, by driving time. */
  readonly load: number
  readonly emptyPct: number
  readonly epochMs: number
  readonly mostEpochMs: number
  /** Bounds broken by a schedule, or by what the cars then did: must be 0. */
  readonly breaches: number
}

/** Drives a whole day, and on until the last rider is home. Every order of the 24 hours counts. */
export function runDay(setting: Setting, seed: number, hours = 24): DayFigures {
  const city = readCity(FOLDER, setting.perMille)
  const travel: PoolTravel = poolTravel(city.nodes, city.times, 0)
  const random = createSeeded(seed)
  const endDs = Math.min(DAY_DS, 36_000 * hours)
  const orders = drawDay(city, setting, random).filter(({ askedDs }) => askedDs < endDs)
  const cars = Array.from({ length: setting.cars }, (_, c): Car => {
    const place = city.trips[2 * random.below(city.trips.length / 2) + 1]!
    const vehicle = { id: `c${c}`, seats: setting.seats, place, atDs: 0, onBoard: [], stops: [] }
    return { course: courseOf(vehicle, travel), target: -1, drivenDs: 0, emptyDs: 0, carriedDs: 0 }
  })
  const at = new Map(cars.map(({ course }, c) => [course.vehicle.id, c]))
  let [picked, home, waitDs, delayDs, rideDs, breaches] = [0, 0, 0, 0, 0, 0]
  const straight = ({ origin, destination }: PoolRequest): number =>
    city.times[origin * city.nodes + destination]!
  const [epochs, next] = [[] as number[], { order: 0 }]
  let waiting: readonly PoolRequest[] = []
  for (
    let nowDs = EPOCH_DS;
    nowDs <= endDs || waiting.length > 0 || home < picked || isBusy(cars);
    nowDs += EPOCH_DS
  ) {
    for (const car of cars)
      driveUntil(car, nowDs, city, travel, ({ request, kind }, atDs) => {
        if (kind === 'pickup') {
          picked++
          waitDs += atDs - request.askedDs
          if (atDs > request.latestPickupDs) breaches++
          return
        }
        home++
        rideDs += straight(request)
        delayDs += atDs - request.askedDs - straight(request)
        if (atDs > request.latestDropoffDs) breaches++
      })
    const asked: PoolRequest[] = []
    while (next.order < orders.length && orders[next.order]!.askedDs <= nowDs)
      asked.push(orders[next.order++]!)
    const begun = performance.now()
    const requests = [...waiting, ...asked].filter(({ latestPickupDs }) => latestPickupDs > nowDs)
    const courses = cars.map(({ course }) => course)
    const outcome = assignRequests({ epoch: nowDs, courses, requests, travel, mostCostDs: MOST_COST_DS })
    if (outcome.verdict !== 'accept') throw new Error(`The epoch at ${nowDs} is refused: ${outcome.code}.`)
    waiting = outcome.value.left
    const idle = courses.flatMap(({ vehicle }, c) =>
      outcome.value.courses[c]!.vehicle.stops.length === 0 && cars[c]!.target === -1 ? [vehicle] : [],
    )
    const sent = sendIdle(nowDs, idle, waiting, travel, MOST_SEND_DS)
    if (sent.verdict !== 'accept') throw new Error(`Cars are not sent at ${nowDs}: ${sent.code}.`)
    epochs.push(performance.now() - begun)
    outcome.value.courses.forEach((course, c) => {
      if (course === courses[c]) return
      breaches += checkCourse(course.vehicle, travel, courses[c]!.vehicle).length
      cars[c]!.course = course
      cars[c]!.target = -1
    })
    for (const { vehicle, place } of sent.value) cars[at.get(vehicle)!]!.target = place
  }
  const sum = (part: (car: Car) => number): number => cars.reduce((all, car) => all + part(car), 0)
  const driven = sum(({ drivenDs }) => drivenDs)
  return {
    orders: orders.length,
    servedPct: (100 * picked) / orders.length,
    waitS: waitDs / picked / 10,
    delayS: delayDs / home / 10,
    rideS: rideDs / home / 10,
    load: sum(({ carriedDs }) => carriedDs) / driven,
    emptyPct: (100 * sum(({ emptyDs }) => emptyDs)) / driven,
    epochMs: epochs.reduce((all, ms) => all + ms, 0) / epochs.length,
    mostEpochMs: epochs.reduce((most, ms) => Math.max(most, ms), 0),
    breaches,
  }
}

const isBusy = (cars: readonly Car[]): boolean => cars.some(({ course }) => course.vehicle.stops.length > 0)
