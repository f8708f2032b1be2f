import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { serveWorker } from '@hexhail/streets/serve-worker.ts'
import type { TravelPlanner } from './door/travel-planner.ts'
import type { TravelMethods } from './travel-client.ts'

/* The city's worker that knows the city's timetable too. The search is loaded when a timetable is. */

serveWorker(opened => {
  let planner: TravelPlanner | null = null
  const travel = (): TravelPlanner => {
    if (planner === null)
      throw new HexhailError('TIMETABLE_NOT_LOADED', 'No timetable is loaded: open one first.')
    return planner
  }
  return {
    openTimetable: async (url, hash) => {
      const [{ createTravelPlanner }, { openTimetable }, bytes] = await Promise.all([
        import('./door/travel-planner.ts'),
        import('./door/open-timetable.ts'),
        fetchBytes(url),
      ])
      const { city, router } = opened()
      planner = createTravelPlanner(city, router, openTimetable(bytes, hash))
      return planner.info
    },
    plan: async query => travel().plan(query),
    setDelays: async news => travel().setDelays(news),
    lineTimes: async refs => travel().lineTimes(refs),
  } satisfies TravelMethods
})

async function fetchBytes(url: string): Promise<Uint8Array> {
  const fault = (what: string, cause?: unknown): HexhailError<'TIMETABLE_FETCH'> =>
    new HexhailError('TIMETABLE_FETCH', `The timetable could not be fetched: ${what}.`, { url }, cause)
  const response = await fetch(url).catch((cause: unknown) => {
    throw fault('check the connection', cause)
  })
  if (!response.ok) throw fault(`the server says ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
