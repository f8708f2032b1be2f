import { agencyTag } from '@hexhail/protocol/cells.ts'
import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'
import { command } from '../command.ts'
import { hasParent, report } from '../parent.ts'
import { createProgressBar } from '../progress-bar.ts'
import { timetableOfFeed, timetableOfMontevideo, walkIn } from '../timetable-build.ts'

/** `hexhail city`: builds a city bundle, and the timetable of a feed beside it, or finds them in the cache. */
export const cityCommand = command({
  usage: 'city [FILE.osm.pbf [FEED.zip]]',
  about:
    'Builds a city from an OpenStreetMap extract; without a file Montevideo, whose data npm brings along. Beside it the timetable of a GTFS feed, of Montevideo a modelled one.',
  words: 2,
  options: {
    name: { kind: 'text', value: null, shown: 'NAME', help: 'what the city is called; else after the file' },
    cache: { kind: 'text', value: '.hexhail/city', shown: 'DIR', help: 'where bundles are kept' },
    'skip-errors': { kind: 'flag', help: 'take a feed with errors, without the rows that they name' },
  },
  async run({ name, cache, 'skip-errors': skipErrors }, [file, feed]) {
    const bar = hasParent ? null : createProgressBar(process.stdout)
    const onProgress = (label: string, fraction: number): void => {
      bar?.update(label, fraction)
      if (hasParent) report({ type: 'progress', label, fraction })
    }
    const city =
      file === undefined
        ? await buildMontevideo(cache, onProgress)
        : await buildFromFile(file, { cacheDir: cache, ...(name !== null && { name }) }, onProgress)
    const timetable =
      file === undefined
        ? await timetableOfMontevideo(city.bytes, { cacheDir: cache, onProgress })
        : feed === undefined
          ? null
          : await timetableOfFeed(feed, {
              ...{ cacheDir: cache, name: city.info.name, walk: walkIn(city.bytes), skipErrors, onProgress },
              onComplaint: line => (bar ? bar.print(`  ${line}`) : process.stderr.write(`${line}\n`)),
            })
    bar?.done()
    report({
      type: 'ready',
      data: {
        ...{ path: city.path, info: city.info, built: city.built },
        ...(timetable && {
          timetable: {
            ...{ path: timetable.path, hash: timetable.hash, built: timetable.built },
            modelled: timetable.timetable.info.modelled,
            agencies: timetable.timetable.agencies.map(({ id }) => agencyTag(id)),
          },
        }),
      },
    })
  },
})
