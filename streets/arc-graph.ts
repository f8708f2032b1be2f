import { arcHead, arcOpen, arcTail, type StreetTable } from './street-table.ts'
import { turnRules } from './turn-rules.ts'

/**
 * The graph that searches walk: junctions, plus one more node for each arc that may not take every turn at its end.
 * Such an arc leads to its own copy of the junction, which only has the turns that are allowed.
 */
export interface ArcGraph {
  readonly nodes: number
  /** Node each arc leads to (a junction or a copy). */
  readonly headNode: Uint32Array
  /** Arcs out of each node: `outArc[firstOut[v]] … outArc[firstOut[v + 1] - 1]`. */
  readonly firstOut: Uint32Array
  readonly outArc: Uint32Array
  /** The same by head, for searches from the goal: the arc and the node it starts at. */
  readonly firstIn: Uint32Array
  readonly inArc: Uint32Array
  readonly inTail: Uint32Array
  /** Nodes that have an arc among their ways out: more than one where its tail has copies. */
  tailNodes(arc: number): readonly number[]
}

/** Lay out the graph of a street table. */
export function arcGraph(streets: StreetTable): ArcGraph {
  const junctions = streets.junctionXy.length / 2
  const arcs = streets.tail.length * 2
  const out = groupBy(junctions, arcs, arc => (arcOpen(streets, arc) ? arcTail(streets, arc) : -1))
  const rules = rulesByArc(streets)
  const headNode = Uint32Array.from({ length: arcs }, (_, arc) => arcHead(streets, arc))
  const copies = [...rules.keys()]
  copies.forEach((arc, i) => {
    headNode[arc] = junctions + i
  })

  const nodes = junctions + copies.length
  const firstOut = new Uint32Array(nodes + 1)
  firstOut.set(out.first)
  const outArc = [...out.items]
  copies.forEach((arc, i) => {
    const rule = rules.get(arc)!
    const v = arcHead(streets, arc)
    for (let k = out.first[v]!; k < out.first[v + 1]!; k++) {
      const next = out.items[k]!
      if (rule.only.size > 0 ? rule.only.has(next) : !rule.not.has(next)) outArc.push(next)
    }
    firstOut[junctions + i + 1] = outArc.length
  })

  const tails = new Uint32Array(outArc.length)
  const extraTails = new Map<number, number[]>()
  for (let v = 0; v < nodes; v++) {
    for (let k = firstOut[v]!; k < firstOut[v + 1]!; k++) {
      tails[k] = v
      if (v < junctions) continue
      const more = extraTails.get(outArc[k]!)
      if (more) more.push(v)
      else extraTails.set(outArc[k]!, [v])
    }
  }
  const back = groupBy(nodes, outArc.length, k => headNode[outArc[k]!]!)
  return {
    nodes,
    headNode,
    firstOut,
    outArc: Uint32Array.from(outArc),
    firstIn: back.first,
    inArc: back.items.map(k => outArc[k]!),
    inTail: back.items.map(k => tails[k]!),
    tailNodes: arc => [arcTail(streets, arc), ...(extraTails.get(arc) ?? [])],
  }
}

interface TurnRule {
  readonly only: Set<number>
  readonly not: Set<number>
}

function rulesByArc(streets: StreetTable): Map<number, TurnRule> {
  const rules = new Map<number, TurnRule>()
  for (const { arcs, only } of turnRules(streets)) {
    if (arcs.length > 2) continue
    const [from, to] = arcs as [number, number]
    let rule = rules.get(from)
    if (!rule) rules.set(from, (rule = { only: new Set(), not: new Set() }))
    ;(only ? rule.only : rule.not).add(to)
  }
  return rules
}

/** Items 0..count-1 in compressed rows by group; a group of -1 leaves the item out. */
function groupBy(
  groups: number,
  count: number,
  groupOf: (item: number) => number,
): { first: Uint32Array; items: Uint32Array } {
  const first = new Uint32Array(groups + 1)
  let kept = 0
  for (let i = 0; i < count; i++) {
    const g = groupOf(i)
    if (g < 0) continue
    first[g + 1]!++
    kept++
  }
  for (let g = 0; g < groups; g++) first[g + 1]! += first[g]!
  const at = first.slice()
  const items = new Uint32Array(kept)
  for (let i = 0; i < count; i++) {
    const g = groupOf(i)
    if (g >= 0) items[at[g]!++] = i
  }
  return { first, items }
}
