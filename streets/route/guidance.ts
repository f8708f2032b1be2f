import type { City } from '../city.ts'
import { arcsOut } from '../graph/arcs-out.ts'
import { bearingOut } from '../graph/turn-cost.ts'
import type { Step, StepKind } from '../router.ts'
import { arcHead, ROUNDABOUT } from '../street-table.ts'
import { drivenDm, type Way } from './way.ts'

/** A bend below this is no turn, from the second on a plain one, from the third on a sharp one; degrees. */
const STRAIGHT_DEG = 20
const TURN_DEG = 50
const SHARP_DEG = 125
/** Not worked out yet. */
const NO_BEARING = 0xffff

/** Makes the steps of a way. */
export type Guidance = (way: Way) => Step[]

/** Turn-by-turn directions for one city. Who can only go on, or goes straight on in his street, is told nothing. */
export function createGuidance({ streets, names }: Pick<City, 'streets' | 'names'>): Guidance {
  const out = arcsOut(streets)
  const bearings = new Uint16Array(streets.tail.length * 2).fill(NO_BEARING)
  const nameOf = (arc: number): string => names[streets.name[arc >> 1]!] ?? ''
  const isRound = (arc: number): boolean => (streets.flags[arc >> 1]! & ROUNDABOUT) !== 0
  const bearing = (arc: number): number => {
    if (bearings[arc] === NO_BEARING) bearings[arc] = bearingOut(streets, arc)
    return bearings[arc]!
  }
  /** Degrees by which the way bends: -180 … 179, positive to the right. */
  const bend = (from: number, to: number): number => ((bearing(to) - bearing(from ^ 1) + 360) % 360) - 180
  /** Whether there is a choice at the end of an arc but `to` and to turn round. */
  const isChoice = (from: number, to: number): boolean => {
    const v = arcHead(streets, from)
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++)
      if (out.arcs[k] !== to && out.arcs[k] !== (from ^ 1)) return true
    return false
  }
  /** Whether one could go on straighter than to `to`. */
  const isFork = (from: number, to: number, size: number): boolean => {
    const v = arcHead(streets, from)
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++) {
      const next = out.arcs[k]!
      if (next !== to && next !== (from ^ 1) && Math.abs(bend(from, next)) < size) return true
    }
    return false
  }
  /** Whether one can leave the roundabout at the end of an arc. */
  const isExit = (arc: number): boolean => {
    const v = arcHead(streets, arc)
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++)
      if (out.arcs[k] !== (arc ^ 1) && !isRound(out.arcs[k]!)) return true
    return false
  }

  /** What to do between two arcs that follow each other; null: nothing worth a word. */
  const turn = (from: number, to: number): StepKind | null => {
    if (to === (from ^ 1)) return 'u-turn'
    const name = nameOf(to)
    const isNew = name !== '' && name !== nameOf(from)
    if (!isNew && !isChoice(from, to)) return null
    const angle = bend(from, to)
    const size = Math.abs(angle)
    if (isNew) return kindOf(angle)
    if (size < STRAIGHT_DEG) return null
    const isOther = name !== nameOf(from)
    return isOther || size >= TURN_DEG || isFork(from, to, size) ? kindOf(angle) : null
  }

  /** The roundabout that begins with arc `i` of a way. */
  const roundabout = (arcs: readonly number[], i: number): Omit<Step, 'distanceM'> => {
    let exit = 0
    for (let k = i; k < arcs.length; k++) {
      if (!isRound(arcs[k]!)) return { kind: 'roundabout', name: nameOf(arcs[k]!), exit }
      if (isExit(arcs[k]!)) exit++
    }
    return { kind: 'roundabout', name: nameOf(arcs[i]!) }
  }

  return way => {
    const { arcs, to } = way
    const steps: Step[] = []
    const last = arcs.length - 1
    let step: Omit<Step, 'distanceM'> = { kind: 'depart', name: nameOf(arcs[0]!) }
    let dm = 0
    let isTold = false
    const next = (after: Omit<Step, 'distanceM'>): void => {
      steps.push({ ...step, distanceM: dm / 10 })
      step = after
      dm = 0
    }
    for (let i = 0; i <= last; i++) {
      const arc = arcs[i]!
      if (i > 0 && isRound(arc)) {
        if (!isRound(arcs[i - 1]!)) {
          next(roundabout(arcs, i))
          isTold = true
        }
      } else if (i > 0) {
        const kind = isTold ? null : turn(arcs[i - 1]!, arc)
        if (kind) next({ kind, name: nameOf(arc) })
        isTold = false
      }
      dm += drivenDm(streets, way, i)
    }
    const side = to.side && (arcs[last] === to.edge) === (to.side === 'left') ? 'left' : to.side && 'right'
    next({ kind: 'arrive', name: nameOf(arcs[last]!), ...(side && { side }) })
    steps.push({ ...step, distanceM: 0 })
    return steps
  }
}

function kindOf(angle: number): StepKind {
  const size = Math.abs(angle)
  if (size < STRAIGHT_DEG) return 'straight'
  const side = angle > 0 ? 'right' : 'left'
  return size < TURN_DEG ? `slight-${side}` : size < SHARP_DEG ? side : `sharp-${side}`
}
