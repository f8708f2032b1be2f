import type { LngLat } from '@hexhail/protocol/geo.ts'
import type { Tags, TurnFeature } from './feature.ts'
import type { Member } from './osm-block.ts'

/** Whom a rule may name that a hired car is; from the narrowest. Buses and `psv` are not us. */
const US = ['taxi', 'motorcar', 'motor_vehicle', 'vehicle'] as const
const KIND = /^(no|only)_/

/**
 * The turn rules of one relation, none where it is none for hired cars. Several ways «from» or «to» (`no_entry`,
 * `no_exit`) are a rule each. `placeOf` gives the place of a node, if the file has it.
 */
export function turnsOf(
  id: number,
  members: readonly Member[],
  tags: Tags,
  placeOf: (node: number) => LngLat | undefined,
): TurnFeature[] {
  if (!isOurs(tags)) return []
  const [always, sometimes] = [ruleOf(tags, ''), ruleOf(tags, ':conditional')]
  const timed = tags.day_on !== undefined || tags.hour_on !== undefined
  const ways = (role: string): number[] =>
    members.flatMap(m => (m.role === role && m.type === 1 ? [m.ref] : []))
  const node = members.find(m => m.role === 'via' && m.type === 0)
  const via = ways('via').length > 0 ? { ways: ways('via') } : node && placeOf(node.ref)
  if (!via) return []
  const turns: TurnFeature[] = []
  for (const [rule, conditional] of [
    [always, timed],
    [sometimes, true],
  ] as const) {
    if (rule === undefined) continue
    for (const fromWay of ways('from')) {
      for (const toWay of ways('to')) {
        const turn = { kind: 'turn', id, only: rule.startsWith('only_'), fromWay, via, toWay } as const
        turns.push(conditional ? { ...turn, conditional } : turn)
      }
    }
  }
  return turns
}

function isOurs(tags: Tags): boolean {
  if (!/^restriction(:(taxi|motorcar|motor_vehicle|vehicle))?$/.test(tags.type ?? '')) return false
  const except = (tags.except ?? '').split(/[;,]/).map(who => who.trim())
  return !US.some(who => except.includes(who))
}

/** The rule for us, the narrowest tag first; conditional values begin with the rule, too. */
function ruleOf(tags: Tags, suffix: '' | ':conditional'): string | undefined {
  for (const who of US) {
    const own = tags[`restriction:${who}${suffix}`]
    if (own !== undefined) return KIND.test(own) ? own : undefined
  }
  const common = tags[`restriction${suffix}`]
  return common !== undefined && KIND.test(common) ? common : undefined
}
