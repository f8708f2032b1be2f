import { type City, junctionOrderOf } from '@hexhail/streets/city.ts'
import { junctionGraph } from '@hexhail/streets/graph/junction-graph.ts'
import type { StateGraph } from '@hexhail/streets/graph/state-graph.ts'
import { NO_STATE } from '@hexhail/streets/graph/strong-graph.ts'
import { turnGraph } from '@hexhail/streets/graph/turn-graph.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { createPlainKernel } from '@hexhail/streets/kernel/plain-kernel.ts'
import { dissect } from '@hexhail/streets/labels/dissect.ts'
import { createRouter } from '@hexhail/streets/route/label-router.ts'
import { streetCells } from '@hexhail/streets/route/street-cells.ts'
import { arcTimes, LONGEST_ARC_DS, trafficFactors } from '@hexhail/streets/route/traffic.ts'
import type { Place } from '@hexhail/streets/router.ts'
import { placeOn } from '@hexhail/streets/snap/snap.ts'
import { seeded } from '../../unit/streets/grid-town.ts'
import { streetOracle } from '../../unit/streets/street-oracle.ts'
import type { Compared, Trial } from './count-wrong.ts'
import { countWrong } from './count-wrong.ts'
import { onStreetOf, placeSource, someDrivers } from './places.ts'
import { plainDijkstra, plainJudge } from './plain-dijkstra.ts'

/** What one city is asked, in one model. */
export interface ExactPlan {
  readonly name: string
  readonly model: StateGraph['model']
  readonly kernel: 'wasm' | 'plain'
  /** Whether streets may be shut for a day, which takes units of many seconds and so a kernel for each. */
  readonly shut: boolean
  /** Judge by the street table alone. */
  readonly byStreets: boolean
  readonly goals: number
  readonly distances: number
  readonly drivers: number
  readonly seed: number
}

/** Share of the ways that begin on the street of their goal. */
const SAME_STREET = 0.2

/** Opens a router over a city and compares it with a plain search; null where no street can be driven. */
export function runTrial(city: City, plan: ExactPlan): Compared | null {
  const { streets } = city
  const rng = seeded(plan.seed)
  const graph = (plan.model === 'turns' ? turnGraph : junctionGraph)(streets)
  const openArcs = [...graph.endState.keys()].filter(arc => graph.endState[arc] !== NO_STATE)
  if (openArcs.length === 0) return null
  const order = plan.model === 'turns' ? dissect(graph) : junctionOrderOf(city, graph.states)
  const parts = { graph, order, createKernel: plan.kernel === 'wasm' ? createKernel : createPlainKernel }
  const router = createRouter(city, parts)
  const [around, anywhere] = (['clustered', 'uniform'] as const).map(spread =>
    placeSource(city, router.snap, rng, spread),
  )
  const draw = (): Place => atTip(city, (rng() < 0.5 ? around! : anywhere!)(), rng)
  const judge = plan.byStreets
    ? streetOracle(streets, plan.model, openArcs)
    : plainJudge(plainDijkstra(graph))
  const trial: Trial = {
    name: `--city «${plan.name}» --seed ${plan.seed}, ${plan.kernel} kernel`,
    ...{ streets, graph, router, judge, rng },
    rounds: someTimes(city, plan.shut, rng),
    drivers: someDrivers(city, plan.drivers, draw).map(driver => ({
      ...driver,
      arcs: driver.arcs.length > 1 ? driver.arcs : [drivenArc(graph, driver.place)],
    })),
    goals: Array.from({ length: plan.goals }, draw),
    start: to => (rng() < SAME_STREET ? onStreetOf(city, to, rng) : draw()),
    distances: plan.distances,
  }
  return countWrong(trial)
}

/** Now and then a place at an end of its street instead. */
function atTip({ streets }: City, place: Place, rng: () => number): Place {
  return rng() < 0.1 ? placeOn(streets, place.edge, rng() < 0.5 ? 0 : 1) : place
}

const drivenArc = ({ endState }: StateGraph, { edge }: Place): number =>
  endState[edge] === NO_STATE ? edge ^ 1 : edge

/** Free streets, live times by arc, live factors by cell, kind and hour, a jam; shut streets where asked for. */
function someTimes({ streets }: City, shut: boolean, rng: () => number): ArrayLike<number>[] {
  const cells = streetCells(streets)
  const free = arcTimes(streets, cells, null, 0)
  const rows = Array.from(streets.kind, (kind, s) => ({
    cell: cells.cells[cells.of[s]!]!,
    kind,
    hour: 8,
    factor: 128 + Math.floor(1000 * rng()),
  }))
  const each = (change: (ds: number) => number): Uint32Array =>
    free.map(ds => Math.min(LONGEST_ARC_DS, Math.max(1, Math.round(change(ds)))))
  return [
    free,
    each(ds => ds * (0.5 + 2.5 * rng())),
    arcTimes(streets, cells, trafficFactors(rows), 8),
    each(ds => (rng() < 0.02 ? ds * 64 : ds * (0.5 + 2 * rng()))),
    ...(shut ? [each(ds => (rng() < 0.1 ? LONGEST_ARC_DS : ds)), each(ds => ds * (1 + 400 * rng()))] : []),
  ]
}
