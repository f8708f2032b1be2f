import { greatCircleM } from '@hexhail/protocol/geo.ts'
import { type Map as MapLibreMap, Marker } from 'maplibre-gl'
import { glide, glideMs, type Pose } from './glide.ts'
import type { CarOnMap } from './map-view.ts'
import { carMark } from './markers.ts'

interface Car {
  readonly marker: Marker
  from: Pose
  to: Pose
  startMs: number
  takeMs: number
  heardMs: number
}

/** The cars on a map: each glides from report to report, or jumps where a person wants no motion. */
export function createCars(map: MapLibreMap): {
  set(id: string, car: CarOnMap | null): void
  dispose(): void
} {
  const cars = new Map<string, Car>()
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let frame = 0

  const show = (car: Car, nowMs: number): boolean => {
    const share = car.takeMs === 0 ? 1 : (nowMs - car.startMs) / car.takeMs
    const pose = glide(car.from, car.to, share)
    car.marker.setLngLat([pose.at[0], pose.at[1]]).setRotation(pose.headingDeg)
    return share < 1
  }
  const tick = (nowMs: number): void => {
    frame = 0
    let moving = false
    for (const car of cars.values()) moving = show(car, nowMs) || moving
    if (moving) frame = requestAnimationFrame(tick)
  }
  const put = (id: string, { at, headingDeg, label, kind }: CarOnMap): void => {
    const nowMs = performance.now()
    const known = cars.get(id)
    const to = { at, headingDeg }
    if (known === undefined) {
      const marker = new Marker({
        element: carMark(label, kind),
        rotationAlignment: 'map',
        pitchAlignment: 'map',
      })
      marker.setLngLat([at[0], at[1]]).setRotation(headingDeg).addTo(map)
      cars.set(id, { marker, from: to, to, startMs: nowMs, takeMs: 0, heardMs: nowMs })
      return
    }
    const shown = known.takeMs === 0 ? 1 : (nowMs - known.startMs) / known.takeMs
    known.from = glide(known.from, known.to, shown)
    known.to = to
    known.startMs = nowMs
    known.takeMs = glideMs(nowMs - known.heardMs, greatCircleM(known.from.at, at), still.matches)
    known.heardMs = nowMs
    known.marker.getElement().setAttribute('aria-label', label)
    frame ||= requestAnimationFrame(tick)
  }
  return {
    set(id, car) {
      if (car !== null) return put(id, car)
      cars.get(id)?.marker.remove()
      cars.delete(id)
    },
    dispose() {
      cancelAnimationFrame(frame)
      for (const car of cars.values()) car.marker.remove()
      cars.clear()
    },
  }
}
