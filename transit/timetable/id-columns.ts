import { packColumn, unpackColumn } from '@hexhail/streets/columns.ts'

/*
 * Ids that machines made («B12-1@0830~4», «B12-1@0845~5») differ by numbers. Each is cut into a pattern, with a hole for
 * each run of digits, and the numbers of its holes, stored as steps from the id before with the same pattern.
 */

/** Runs that come back as they were: no leading zero, at most nine digits. */
const NUMBERS = /(?<!\d)(?:0|[1-9]\d{0,8})(?!\d)/g
const HOLE = '\u0000'

/** Ids as sections: their patterns, and columns of pattern and numbers. */
export function packIds(ids: readonly string[]): {
  patterns: string[]
  pattern: Uint8Array
  numbers: Uint8Array
} {
  const patterns = new Map<string, number>()
  const last: number[][] = []
  const steps: number[] = []
  const pattern = ids.map(id => {
    const numbers = Array.from(id.matchAll(NUMBERS), match => Number(match[0]))
    const name = numbers.length === 0 ? id : id.replace(NUMBERS, HOLE)
    let at = patterns.get(name)
    if (at === undefined) patterns.set(name, (at = patterns.size))
    const before = last[at] ?? numbers.map(() => 0)
    for (const [i, n] of numbers.entries()) steps.push(n - before[i]!)
    last[at] = numbers
    return at
  })
  return {
    patterns: [...patterns.keys()],
    pattern: packColumn(pattern, 'delta'),
    numbers: packColumn(steps, 'signed'),
  }
}

/** The ids back. @throws {RangeError} where the sections are none */
export function unpackIds(patterns: readonly string[], pattern: Uint8Array, numbers: Uint8Array): string[] {
  const steps = unpackColumn(numbers, 'signed')
  const parts = patterns.map(name => name.split(HOLE))
  const last = parts.map(holes => new Array<number>(holes.length - 1).fill(0))
  let at = 0
  const ids = Array.from(unpackColumn(pattern, 'delta'), p => {
    const [first, ...rest] = parts[p] ?? []
    if (first === undefined) throw new RangeError(`No pattern ${p} of ids.`)
    return first + rest.map((text, hole) => `${(last[p]![hole]! += steps[at++]!)}${text}`).join('')
  })
  if (at !== steps.length) throw new RangeError(`${steps.length} numbers of ids where ${at} are asked for.`)
  return ids
}
