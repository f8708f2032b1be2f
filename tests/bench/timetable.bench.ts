/**
 * What a timetable takes to build, and how big it is: `npm run bench -- timetable`. The feed is Porto Alegre's of
 * ../shared, the model Montevideo's. README.md says what is measured.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync, inflateRawSync } from 'node:zlib'
import { openCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { compileFeed } from '@hexhail/transit/gtfs/compile-feed.ts'
import { readFeed } from '@hexhail/transit/gtfs/read-feed.ts'
import { modelTimetable } from '@hexhail/transit/model/model-timetable.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import type { Timetable } from '@hexhail/transit/timetable/timetable.ts'
import { decodeTimetable, encodeTimetable, timetableHash } from '@hexhail/transit/timetable/timetable-file.ts'
import { ROOT } from '../runner/live.ts'

const FEED = join(dirname(ROOT), 'shared/data/transit/porto-alegre/poa-demo.gtfs.zip')

/** Builds a timetable twice: CPU seconds of the first build, kilobytes of its bytes by gzip, CPU ms of reading them. */
function measure(label: string, build: () => Timetable): Record<string, number | boolean> {
  const cpuS = (since: NodeJS.CpuUsage): number => {
    const { user, system } = process.cpuUsage(since)
    return Math.round((user + system) / 1e4) / 100
  }
  const begun = process.cpuUsage()
  const timetable = build()
  const bytes = encodeTimetable(timetable)
  const buildCpuS = cpuS(begun)
  const reading = process.cpuUsage()
  const isRead = decodeTimetable(bytes).verdict === 'accept'
  const readCpuMs = Math.round(cpuS(reading) * 1000)
  const figures = {
    ...{
      trips: timetable.trips.id.length,
      stops: timetable.stops.id.length,
      lines: timetable.lines.route.length,
    },
    ...{ buildCpuS, readCpuMs, gzKb: Math.round(gzipSync(bytes, { level: 9 }).length / 100) / 10 },
    isSame: isRead && timetableHash(encodeTimetable(build())) === timetableHash(bytes),
  }
  console.log(label, figures)
  return figures
}

const { bytes: cityBytes } = await buildMontevideo(join(ROOT, 'node_modules/.cache'))
const montevideo = measure('Montevideo, modelled', () => {
  const city = openCity(cityBytes)
  return modelTimetable(city, createCityRouter(city), {
    ...{ agency: 'Modelled', timezone: 'America/Montevideo', startDay: 20_454, days: 3652 },
  })
})
let portoAlegre: ReturnType<typeof measure> | null = null
if (existsSync(FEED)) {
  portoAlegre = measure('Porto Alegre, demo feed', () => {
    const read = readFeed(readFileSync(FEED), (packed, most) =>
      inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }),
    )
    if (read.feed === null || read.errors > 0) throw new Error(`${FEED} has ${read.errors} errors.`)
    return compileFeed(read.feed, 'Porto Alegre', CROW)
  })
} else console.log(`There is no ${FEED}: its figures are left out.`)
console.log(JSON.stringify({ montevideo, portoAlegre }))
