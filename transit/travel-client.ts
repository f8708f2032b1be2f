import type { WorkerCalls } from '@hexhail/streets/call-worker.ts'
import type { LineTimes } from './door/line-times.ts'
import type { LineRef, TravelPlan, TravelQuery } from './door/travel-plan.ts'
import type { LateTrip } from './search/delays.ts'
import type { TimetableInfo } from './timetable/timetable.ts'

/** What `travel-worker.ts` answers besides the city. */
export interface TravelMethods {
  openTimetable(url: string, hash: string): Promise<TimetableInfo>
  plan(query: TravelQuery): Promise<readonly TravelPlan[]>
  setDelays(news: readonly LateTrip[]): Promise<void>
  lineTimes(refs: readonly LineRef[]): Promise<readonly (LineTimes | null)[]>
}

/** The timetable of the city behind a worker. It is fetched when first asked; a fetch that failed is tried again then. */
export interface Travel extends Omit<TravelMethods, 'openTimetable'> {
  info(): Promise<TimetableInfo>
}

/** Where a timetable is, and its content hash: other bytes are refused. */
export interface TimetableAddress {
  readonly url: string
  readonly hash: string
}

/** Travel over the calls of a worker whose city is loaded. */
export function travelOver({ call }: WorkerCalls, { url, hash }: TimetableAddress): Travel {
  let opening: Promise<TimetableInfo> | null = null
  const open = (): Promise<TimetableInfo> => {
    if (opening === null) {
      const asked = call<TimetableInfo>('openTimetable', [new URL(url, globalThis.location?.href).href, hash])
      opening = asked
      asked.catch(() => {
        if (opening === asked) opening = null
      })
    }
    return opening
  }
  const then =
    <A extends readonly unknown[], R>(method: string) =>
    async (...args: A): Promise<R> => {
      await open()
      return call<R>(method, args)
    }
  return {
    info: open,
    plan: then('plan'),
    setDelays: then('setDelays'),
    lineTimes: then('lineTimes'),
  }
}
