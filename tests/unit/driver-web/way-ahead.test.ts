import { wayAhead } from '@hexhail/driver-web/way-ahead.ts'
import { greatCircleM, type LngLat } from '@hexhail/protocol/geo.ts'
import { en } from '@hexhail/streets/route/locales/en.ts'
import { es } from '@hexhail/streets/route/locales/es.ts'
import { stepText } from '@hexhail/streets/route/step-text.ts'
import type { Route, StepKind } from '@hexhail/streets/router.ts'
import { fill } from '@hexhail/ui/i18n.ts'
import { describe, expect, it } from 'vitest'

// East along Calle A, then north along Calle B, then through a roundabout on without a name.
const corner: LngLat = [-56.17, -34.9]
const line: LngLat[] = [[-56.18, -34.9], corner, [-56.17, -34.895], [-56.17, -34.89]]
const lengths = line.slice(1).map((to, i) => greatCircleM(line[i]!, to))
const route: Route = {
  geometry: line,
  distanceM: lengths.reduce((a, b) => a + b, 0),
  durationS: 200,
  legs: [],
  edges: [],
  junctions: [],
  steps: [
    { kind: 'depart', name: 'Calle A', distanceM: lengths[0]! },
    { kind: 'left', name: 'Calle B', distanceM: lengths[1]! },
    { kind: 'roundabout', exit: 2, name: '', distanceM: lengths[2]! },
    { kind: 'arrive', side: 'left', name: '', distanceM: 0 },
  ],
}

const KINDS: readonly StepKind[] = [
  ...([
    'depart',
    'straight',
    'slight-left',
    'slight-right',
    'left',
    'right',
    'sharp-left',
    'sharp-right',
  ] as const),
  ...(['u-turn', 'roundabout', 'arrive'] as const),
]

describe('what is ahead of a driver', () => {
  it('is the next thing to do and how far it is', () => {
    const ahead = wayAhead(route, [-56.175, -34.9])
    expect(ahead.next).toMatchObject({ kind: 'left', name: 'Calle B' })
    expect(ahead.inM).toBeCloseTo(lengths[0]! / 2, -1)
    expect(wayAhead(route, [-56.17, -34.898]).next.kind).toBe('roundabout')
  })

  it('counts what is left of the way down to nothing', () => {
    expect(wayAhead(route, line[0]!).leftM).toBeCloseTo(route.distanceM, 3)
    expect(wayAhead(route, line[0]!).leftS).toBeCloseTo(200, 3)
    expect(wayAhead(route, line.at(-1)!).leftM).toBeCloseTo(0, 3)
  })

  it('is the arrival after the last turn, and stays it', () => {
    const ahead = wayAhead(route, [-56.17, -34.893])
    expect(ahead.next.kind).toBe('arrive')
    expect(ahead.inM).toBeCloseTo(lengths[2]! * 0.6, -1)
    expect(wayAhead(route, line.at(-1)!)).toMatchObject({ next: { kind: 'arrive' } })
  })

  it('takes a car beside the street for one on it', () => {
    expect(wayAhead(route, [-56.1751, -34.9003]).inM).toBeCloseTo(lengths[0]! * 0.51, -1)
  })

  it('has words for every step in both languages', () => {
    for (const texts of [en, es])
      for (const kind of KINDS)
        for (const name of ['', 'Calle B'])
          for (const more of [{}, { exit: 2 }, { side: 'left' as const }]) {
            const { key, params } = stepText({ kind, name, distanceM: 1, ...more })
            const text = fill(texts[key], 'en', params)
            expect(text).toMatch(/^[^{}]{3,}$/)
            if (name && kind !== 'arrive' && (kind !== 'roundabout' || 'exit' in more))
              expect(text).toContain(name)
          }
  })
})
