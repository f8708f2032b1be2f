import { buildFromFile, buildMontevideo } from '@hexhail/streets/city-files.ts'
import { command } from '../command.ts'
import { hasParent, report } from '../parent.ts'
import { createProgressBar } from '../progress-bar.ts'

/** `hexhail city`: builds a city bundle, or finds it in the cache. */
export const cityCommand = command({
  usage: 'city [FILE.osm.pbf]',
  about:
    'Builds a city from an OpenStreetMap extract; without a file Montevideo, whose data npm brings along.',
  words: 1,
  options: {
    name: { kind: 'text', value: null, shown: 'NAME', help: 'what the city is called; else after the file' },
    cache: { kind: 'text', value: '.hexhail/city', shown: 'DIR', help: 'where bundles are kept' },
  },
  async run({ name, cache }, [file]) {
    const bar = hasParent ? null : createProgressBar(process.stdout)
    const onProgress = (label: string, fraction: number): void => {
      bar?.update(label, fraction)
      if (hasParent) report({ type: 'progress', label, fraction })
    }
    const city =
      file === undefined
        ? await buildMontevideo(cache, onProgress)
        : await buildFromFile(file, { cacheDir: cache, ...(name !== null && { name }) }, onProgress)
    bar?.done()
    report({ type: 'ready', data: { path: city.path, info: city.info, built: city.built } })
  },
})
