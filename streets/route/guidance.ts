import type { City } from '../city.ts'
import { arcsOut } from '../graph/arcs-out.ts'
import { bearingOut } from '../graph/turn-cost.ts'
import type { Place, Step, StepKind } from '../router.ts'
import { arcHead, ROUNDABOUT } from '../street-table.ts'

/** A bend below this is no turn, from the second on a plain one, from the third on a sharp one; degrees. */
const STRAIGHT_DEG = 20
const TURN_DEG = 50
const SHARP_DEG = 125

/** Makes the steps of a way: `arcs` as they are driven, `lengthsDm` how much of each, `to` where the last one ends. */
export type Guidance = (arcs: readonly number[], lengthsDm: readonly number[], to: Place) => Step[]

/** Turn-by-turn directions for one city. Who can only go on, or goes straight on in his street, is told nothing. */
export function createGuidance({ streets, names }: Pick<City, 'streets' | 'names'>): Guidance {
  const out = arcsOut(streets)
  const nameOf = (arc: number): string => names[streets.name[arc >> 1]!] ?? ''
  const isRound = (arc: number): boolean => (streets.flags[arc >> 1]! & ROUNDABOUT) !== 0
  /** Whether some arc on from the end of another, without turning round, passes a test. */
  const leadsOn = (arc: number, test: (next: number) => boolean): boolean => {
    const v = arcHead(streets, arc)
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++)
      if (out.arcs[k] !== (arc ^ 1) && test(out.arcs[k]!)) return true
    return false
  }
  /** Degrees by which the way bends: -180 … 179, positive to the right. */
  const bend = (from: number, to: number): number =>
    ((bearingOut(streets, to) - bearingOut(streets, from ^ 1) + 360) % 360) - 180

  /** What to do between two arcs that follow each other; null: nothing worth a word. */
  const turn = (from: number, to: number): StepKind | null => {
    if (to === (from ^ 1)) return 'u-turn'
    const isNew = nameOf(to) !== nameOf(from)
    if (!leadsOn(from, next => next !== to)) return isNew && nameOf(to) !== '' ? kindOf(bend(from, to)) : null
    const angle = bend(from, to)
    const size = Math.abs(angle)
    if (size < STRAIGHT_DEG) return isNew && nameOf(to) !== '' ? 'straight' : null
    const isPlain = size >= TURN_DEG
    const isFork = leadsOn(from, next => next !== to && Math.abs(bend(from, next)) < size)
    return isNew || isPlain || isFork ? kindOf(angle) : null
  }

  /** The roundabout that begins with arc `i` of a way. */
  const roundabout = (arcs: readonly number[], i: number): Omit<Step, 'distanceM'> => {
    const end = arcs.findIndex((arc, k) => k > i && !isRound(arc))
    if (end < 0) return { kind: 'roundabout', name: nameOf(arcs[i]!) }
    const exit = arcs.slice(i, end).filter(arc => leadsOn(arc, next => !isRound(next))).length
    return { kind: 'roundabout', name: nameOf(arcs[end]!), exit }
  }

  return (arcs, lengthsDm, to) => {
    const steps: (Omit<Step, 'distanceM'> & { atDm: number })[] = []
    let atDm = 0
    let isTold = false
    for (let i = 0; i < arcs.length; i++) {
      const [arc, before] = [arcs[i]!, arcs[i - 1]]
      if (before === undefined) steps.push({ kind: 'depart', name: nameOf(arc), atDm })
      else if (isRound(arc)) {
        if (!isRound(before)) steps.push({ ...roundabout(arcs, i), atDm })
        isTold ||= !isRound(before)
      } else {
        const kind = isTold && isRound(before) ? null : turn(before, arc)
        if (kind) steps.push({ kind, name: nameOf(arc), atDm })
        isTold = false
      }
      atDm += lengthsDm[i]!
    }
    const last = arcs.at(-1)!
    const side = to.side && (last === to.edge) === (to.side === 'left') ? 'left' : to.side && 'right'
    steps.push({ kind: 'arrive', name: nameOf(last), ...(side && { side }), atDm })
    return steps.map(({ atDm: startDm, ...step }, i): Step => {
      const endDm = steps[i + 1]?.atDm ?? atDm
      return { ...step, distanceM: (endDm - startDm) / 10 }
    })
  }
}

function kindOf(angle: number): StepKind {
  const size = Math.abs(angle)
  if (size < STRAIGHT_DEG) return 'straight'
  const side = angle > 0 ? 'right' : 'left'
  return size < TURN_DEG ? `slight-${side}` : size < SHARP_DEG ? side : `sharp-${side}`
}
