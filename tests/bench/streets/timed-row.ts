import type { Timing } from './sample.ts'

/** A row of the table: what both graphs take, the target on the turn graph (or the only one), and what rivals take. */
export interface TimedRow {
  readonly what: string
  readonly turns?: Timing | undefined
  readonly junctions?: Timing | undefined
  /** Most nanoseconds wanted, p50 and p99. */
  readonly target?: { readonly p50: number; readonly p99?: number; readonly of?: 'junctions' }
  /** Nanoseconds by rival; none where it was not measured. */
  readonly rivals?: Readonly<Record<string, number | null | undefined>>
}

/** Nanoseconds in three figures. */
export function inWords(ns: number): string {
  const [unit, size] = ns < 1e3 ? ['ns', 1] : ns < 1e6 ? ['µs', 1e3] : ns < 1e9 ? ['ms', 1e6] : ['s', 1e9]
  return `${Number((ns / (size as number)).toPrecision(3))} ${unit}`
}

/** Prints rows as a table; «!» marks a missed target. */
export function printRows(rows: readonly TimedRow[]): void {
  const width = Math.max(...rows.map(row => row.what.length))
  const cell = (t: Timing | undefined): string =>
    (t ? `${inWords(t.p50)} / ${inWords(t.p99)}` : '–').padEnd(21)
  console.log(
    `${''.padEnd(width)}  ${'turn graph p50 / p99'.padEnd(21)} ${'junction graph'.padEnd(21)} target         rivals`,
  )
  for (const { what, turns, junctions, target, rivals } of rows) {
    const judged = target?.of === 'junctions' ? junctions : (turns ?? junctions)
    const missed = target && judged && (judged.p50 > target.p50 || judged.p99 > (target.p99 ?? Infinity))
    const wanted = target ? [target.p50, ...(target.p99 ? [target.p99] : [])].map(inWords).join('/') : ''
    const beside = Object.entries(rivals ?? {}).flatMap(([name, ns]) =>
      ns && judged ? [`${name} ${inWords(ns)} = ${Number((ns / judged.p50).toPrecision(3))}×`] : [],
    )
    console.log(
      `${what.padEnd(width)}  ${cell(turns)} ${cell(junctions)} ${`${missed ? '! ' : ''}${wanted}`.padEnd(14)} ${beside.join(', ')}`,
    )
  }
}
