import { wayAhead } from '@hexhail/driver-web/way-ahead.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import type { Route } from '@hexhail/streets/router.ts'
import { describe, expect, it } from 'vitest'

// East along Calle A, then north along Calle B, then on without a name, then north on Calle B again.
const corner: LngLat = [-56.17, -34.9]
const line: LngLat[] = [[-56.18, -34.9], corner, [-56.17, -34.895], [-56.17, -34.89]]
const lengths = line.slice(1).map((to, i) => greatCircleM(line[i]!, to))
const route: Route = {
  geometry: line,
  distanceM: lengths.reduce((a, b) => a + b, 0),
  durationS: 200,
  legs: [
    { name: 'Calle A', distanceM: lengths[0]!, durationS: 100 },
    { name: 'Calle B', distanceM: lengths[1]!, durationS: 50 },
    { name: '', distanceM: lengths[2]! / 2, durationS: 25 },
    { name: 'Calle B', distanceM: lengths[2]! / 2, durationS: 25 },
  ],
}

describe('what is ahead of a driver', () => {
  it('names the next street, its side and how far it is', () => {
    const ahead = wayAhead(route, [-56.175, -34.9])
    expect(ahead.on).toBe('Calle A')
    expect(ahead.turn?.onto).toBe('Calle B')
    expect(ahead.turn?.side).toBe('left')
    expect(ahead.turn?.inM).toBeCloseTo(lengths[0]! / 2, -1)
  })

  it('counts what is left of the way down to nothing', () => {
    expect(wayAhead(route, line[0]!).leftM).toBeCloseTo(route.distanceM, 3)
    expect(wayAhead(route, line[0]!).leftS).toBeCloseTo(200, 3)
    expect(wayAhead(route, line.at(-1)!).leftM).toBeCloseTo(0, 3)
  })

  it('names no turn onto the street that he is on, nor onto one without a name', () => {
    expect(wayAhead(route, [-56.17, -34.898])).toMatchObject({ on: 'Calle B', turn: null })
  })

  it('takes a car beside the street for one on it', () => {
    expect(wayAhead(route, [-56.1751, -34.9003]).turn?.inM).toBeCloseTo(lengths[0]! * 0.51, -1)
  })

  it('turns right where the line bends right', () => {
    const bent: Route = { ...route, geometry: [line[0]!, corner, [-56.17, -34.905], [-56.17, -34.91]] }
    expect(wayAhead(bent, line[0]!).turn?.side).toBe('right')
  })
})
