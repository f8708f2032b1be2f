import { streetCells } from '@hexhail/streets/route/street-cells.ts'
import { arcTimes } from '@hexhail/streets/route/traffic.ts'
import { readTrafficFile, type TrafficFile } from '@hexhail/streets/route/traffic-file.ts'
import type { CityRouter } from '@hexhail/streets/router.ts'
import type { StreetTable } from '@hexhail/streets/street-table.ts'

/** Which times are answered by: the hash of the factors (`TrafficFile.hash`), and the hour of the day they are for. */
export interface TrafficEpoch {
  readonly factors: string
  readonly hour: number
}

/** Where factors come from. `stamp` is another one once the text may be. */
export interface TrafficSource {
  stamp(): Promise<string>
  read(): Promise<string>
}

/** What live traffic works with. */
export interface LiveTrafficDeps {
  readonly router: Pick<CityRouter, 'beginTraffic'>
  readonly streets: StreetTable
  readonly source: TrafficSource
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Lets others go first, between two slices of work. */
  readonly pause: () => Promise<void>
  readonly log: (line: string) => void
}

/** A router kept by live times. */
export interface LiveTraffic {
  /** The times that the router answers by now. */
  readonly epoch: TrafficEpoch
  /** The factors of the epoch, whose sha256 it names. */
  readonly text: string
  /**
   * Looks whether the source or the hour has changed and works the new times in, by slices. A source that cannot be
   * read changes nothing and is told of in one line. While it is at work, a second look waits for the first.
   */
  look(): Promise<void>
}

/** Work of one slice, arcs: a millisecond or two. */
const SLICE = 20_000

/**
 * Reads the source and answers by its times once it resolves.
 * @throws {HexhailError} code `TRAFFIC_FILE` where the source holds no factors
 */
export async function openLiveTraffic(deps: LiveTrafficDeps): Promise<LiveTraffic> {
  const { router, streets, source, now, pause, log } = deps
  let stamp = await source.stamp()
  let file = readTrafficFile(await source.read())
  const cells = streetCells(streets)
  let times: Uint32Array | null = null
  const traffic = { epoch: { factors: '', hour: -1 }, text: '', look }

  let told = ''
  async function readAgain(): Promise<void> {
    try {
      const seen = await source.stamp()
      if (seen === stamp) return
      told = ''
      stamp = seen
      file = readTrafficFile(await source.read())
    } catch (error) {
      const why = String(error instanceof Error ? error.message : error).split('\n')[0]!
      if (why !== told) log(`Traffic stays as it was. ${why}`)
      told = why
    }
  }
  async function apply(next: TrafficFile, hour: number): Promise<void> {
    const wanted = arcTimes(streets, cells, next.factors, hour)
    if (!times || times.some((ds, arc) => ds !== wanted[arc])) {
      const step = router.beginTraffic(wanted)
      while (!step(SLICE)) await pause()
      times = wanted
    }
    traffic.epoch = { factors: next.hash, hour }
    traffic.text = next.text
  }
  let looking: Promise<void> | null = null
  function look(): Promise<void> {
    looking ??= (async () => {
      await readAgain()
      const hour = hourAt(now(), file.timeZone)
      const { epoch } = traffic
      if (epoch.factors !== file.hash || epoch.hour !== hour) await apply(file, hour)
    })().finally(() => {
      looking = null
    })
    return looking
  }
  await apply(file, hourAt(now(), file.timeZone))
  return traffic
}

/** Hour of the day, 0..23, by the clocks of a time zone. */
function hourAt(ms: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' })
  return Number(clock.format(ms))
}
