import type { LngLat } from '@hexhail/protocol/geo.ts'
import { buildCity } from '@hexhail/streets/build/build-city.ts'
import { openCity } from '@hexhail/streets/city.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import type { Feature, TurnFeature } from '@hexhail/streets/osm/feature.ts'
import { arcHead, arcOpen, arcTail, type StreetTable } from '@hexhail/streets/street-table.ts'

/** A turn rule by letters: ways are pairs of crossings, `via` is a crossing or ways. */
export interface Rule {
  readonly kind: 'no' | 'only'
  readonly from: string
  readonly via: string | readonly string[]
  readonly to: string
}

const PLACES: Readonly<Record<string, LngLat>> = {
  ...{ A: [0, 0.002], B: [0.002, 0.002], C: [0.004, 0.002] },
  ...{ D: [0, 0], E: [0.002, 0], F: [0.004, 0], X: [0.006, 0] },
  ...{ G: [0, -0.002], H: [0.002, -0.002], I: [0.004, -0.002] },
}
const RING = 'AB BC CF FI IH HG GD DA'.split(' ')
const WAYS = [...RING, ...'DE EF BE EH FX'.split(' ')]
const idOf = (way: string): number => 1 + WAYS.findIndex(w => w === way || w === [...way].reverse().join(''))

/**
 * Nine crossings with a dead end, the ring fast and the cross in it slow:
 * ```
 * A─B─C
 * │ │ │
 * D─E─F─X
 * │ │ │
 * G─H─I
 * ```
 */
export function nineCrossings(rules: readonly Rule[], oneway: readonly string[] = []): StreetTable {
  const ways = WAYS.map((way, i): Feature => {
    const drawn = oneway.find(w => idOf(w) === i + 1) ?? way
    return {
      kind: 'way',
      id: i + 1,
      tags: {
        highway: 'residential',
        name: way,
        maxspeed: RING.includes(way) ? '80' : '20',
        oneway: oneway.includes(drawn) ? 'yes' : 'no',
      },
      line: [...drawn].map(letter => PLACES[letter]!),
    }
  })
  const turns = rules.map(
    ({ kind, from, via, to }, i): TurnFeature => ({
      kind: 'turn',
      id: 100 + i,
      only: kind === 'only',
      fromWay: idOf(from),
      via: typeof via === 'string' ? PLACES[via]! : { ways: via.map(idOf) },
      toWay: idOf(to),
    }),
  )
  return openCity(buildCity([...ways, ...turns], { name: 'Nine' }).bytes).streets
}

/** Letter of a junction. */
function letterAt(streets: StreetTable, junction: number): string {
  const [x, y] = [streets.junctionXy[2 * junction]!, streets.junctionXy[2 * junction + 1]!]
  return Object.keys(PLACES).find(l => PLACES[l]![0] * 1e6 === x && PLACES[l]![1] * 1e6 === y)!
}

/** The open arc from one crossing to the next. */
export function arcOf(streets: StreetTable, pair: string): number {
  for (let arc = 0; arc < streets.tail.length * 2; arc++) {
    if (arcOpen(streets, arc) && lettersOf(streets, [arc]) === pair) return arc
  }
  throw new Error(`No arc ${pair}.`)
}

/** Crossings along arcs. */
export function lettersOf(streets: StreetTable, arcs: readonly number[]): string {
  return arcs.length === 0
    ? ''
    : letterAt(streets, arcTail(streets, arcs[0]!)) +
        arcs.map(arc => letterAt(streets, arcHead(streets, arc))).join('')
}

/** All ways on from the end of an arc over `steps` more arcs, each with the arc it began with. */
export function walks(graph: StateGraph, arc: number, steps: number): number[][] {
  let found = [{ state: graph.endState[arc]!, arcs: [arc] }]
  for (let i = 0; i < steps; i++) {
    found = found.flatMap(({ state, arcs }) => {
      const next = []
      for (let m = graph.firstOut[state]!; m < graph.firstOut[state + 1]!; m++) {
        next.push({ state: graph.head[m]!, arcs: [...arcs, graph.arc[m]!] })
      }
      return next
    })
  }
  return found.map(f => f.arcs)
}
