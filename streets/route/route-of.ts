import type { Route } from '../router.ts'
import type { Way } from './way.ts'

/** What of a route is worked out when it is first read. */
export type LatePart = 'junctions' | 'geometry' | 'legs' | 'steps'

/** How the late parts of a route follow from its way. */
export type PartMakers = { readonly [part in LatePart]: (way: Way) => Route[part] }

/**
 * A route whose line, streets and steps are made when they are first read, and kept. To whoever copies, compares or
 * sends it they are properties of its own like the others. That the same getters serve all routes makes it cheap.
 */
class FoundRoute implements Route {
  readonly distanceM: number
  readonly durationS: number
  readonly edges: readonly number[]
  declare readonly junctions: Route['junctions']
  declare readonly geometry: Route['geometry']
  declare readonly legs: Route['legs']
  declare readonly steps: Route['steps']
  readonly #make: PartMakers
  readonly #way: Way
  readonly #made: Partial<Pick<Route, LatePart>> = {}

  constructor(make: PartMakers, way: Way) {
    this.distanceM = way.distanceDm / 10
    this.durationS = (way.durationUnits * way.unitDs) / 10
    this.edges = way.arcs
    this.#make = make
    this.#way = way
    Object.defineProperty(this, 'junctions', JUNCTIONS)
    Object.defineProperty(this, 'geometry', GEOMETRY)
    Object.defineProperty(this, 'legs', LEGS)
    Object.defineProperty(this, 'steps', STEPS)
  }

  static read<P extends LatePart>(route: FoundRoute, part: P): Route[P] {
    const made = route.#made as { [part in P]?: Route[part] }
    return (made[part] ??= route.#make[part](route.#way))
  }
}

function late(part: LatePart): PropertyDescriptor {
  return {
    enumerable: true,
    get(this: FoundRoute) {
      return FoundRoute.read(this, part)
    },
  }
}
const JUNCTIONS = late('junctions')
const GEOMETRY = late('geometry')
const LEGS = late('legs')
const STEPS = late('steps')

/** The route along a way. */
export const routeOf = (make: PartMakers, way: Way): Route => new FoundRoute(make, way)
