/** Some trips that are published as one row. */
export interface Group<T> {
  /** 0 = the finest; the number of levels for what no level could hold. */
  readonly level: number
  /** What the level's function said of each of them; empty at the top. */
  readonly key: string
  readonly members: readonly T[]
}

/**
 * Puts each item into exactly one group with at least `k` distinct people: the finest level's where that is enough, else
 * the next coarser one's, together with what else was left over there. Since a whole's total is known to all, what is
 * left at the top is never a group below `k` either: then the smallest group goes with it. Fewer than `k` people in all:
 * no group.
 */
export function rollUp<T>(
  items: readonly T[],
  levels: readonly ((item: T) => string)[],
  personOf: (item: T) => string,
  k: number,
): Group<T>[] {
  const isEnough = (members: readonly T[]): boolean => {
    if (members.length < k) return false
    const people = new Set<string>()
    for (const member of members) if (people.add(personOf(member)).size >= k) return true
    return false
  }
  const groups: Group<T>[] = []
  let left = items
  for (const [level, keyOf] of levels.entries()) {
    const over: T[][] = []
    for (const [key, members] of Map.groupBy(left, keyOf))
      if (isEnough(members)) groups.push({ level, key, members })
      else over.push(members)
    left = over.flat()
  }
  if (left.length === 0) return groups
  groups.sort((a, b) => a.members.length - b.members.length || a.level - b.level || (a.key < b.key ? -1 : 1))
  while (!isEnough(left)) {
    const smallest = groups.shift()
    if (!smallest) return []
    left = [...left, ...smallest.members]
  }
  return [...groups, { level: levels.length, key: '', members: left }]
}
