import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installInto } from '../npm-rivals.ts'
import type { Questions } from './questions.ts'

/** What minotor took. It knows no ways on foot here, for the feed names none. */
export interface Rival {
  readonly loadMs: number
  readonly ms: readonly number[]
  readonly found: number
}

/** What is used of its two modules. */
interface Minotor {
  readonly GtfsParser: new (
    path: string,
  ) => { parse(date: Date): Promise<{ timetable: object; stopsIndex: object }> }
  readonly Query: { readonly Builder: new () => Builder }
  readonly Router: new (
    timetable: object,
    stopsIndex: object,
  ) => { route(query: object): { bestRoute(): object | undefined } }
  readonly Time: { fromSeconds(seconds: number): object }
}

interface Builder {
  from(stop: string): Builder
  to(stop: string): Builder
  departureTime(time: object): Builder
  maxTransfers(most: number): Builder
  build(): object
}

/** Asks minotor 1.0.7 the questions between stops; null where npm does not install it. */
export async function timeMinotor(
  dir: string,
  feed: string,
  date: Date,
  ids: readonly string[],
  asked: Questions['stops'],
): Promise<Rival | null> {
  if (!installInto(dir, ['minotor@1.0.7'])) return null
  const from = (file: string): Promise<Minotor> =>
    import(pathToFileURL(join(dir, 'node_modules/minotor/dist', file)).href) as Promise<Minotor>
  const { GtfsParser } = await from('parser.esm.js')
  const { Query, Router, Time } = await from('router.esm.js')
  const before = performance.now()
  const told = console.log
  const warned = console.warn
  // It says a line for each row that it leaves out.
  console.log = console.warn = () => {}
  const { timetable, stopsIndex } = await new GtfsParser(feed).parse(date).finally(() => {
    console.log = told
    console.warn = warned
  })
  const loadMs = performance.now() - before
  const router = new Router(timetable, stopsIndex)
  let found = 0
  const ms = asked.map(({ from: a, to: b, query: { departS } }) => {
    const start = performance.now()
    const query = new Query.Builder()
      .from(ids[a]!)
      .to(ids[b]!)
      .departureTime(Time.fromSeconds(departS))
      .maxTransfers(4)
      .build()
    if (router.route(query).bestRoute() !== undefined) found++
    return performance.now() - start
  })
  return { loadMs, ms, found }
}
