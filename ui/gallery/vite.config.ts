import { fileURLToPath } from 'node:url'
import { readCity } from '@hexhail/streets/city.ts'
import { buildMontevideo } from '@hexhail/streets/city-files.ts'
import { createTiles, type Tiles } from '@hexhail/streets/map/tiles.ts'
import type { Connect, Plugin } from 'vite'
import { securityHeaders } from '../csp.ts'
import { appConfig } from '../vite.ts'

let tiles: Promise<Tiles> | undefined

const serve: Connect.NextHandleFunction = (request, response, next) => {
  const found = /^\/tiles\/(\d+)\/(\d+)\/(\d+)$/.exec(request.url ?? '')
  if (found === null) return next()
  const cache = fileURLToPath(new URL('../../.hexhail/gallery', import.meta.url))
  tiles ??= buildMontevideo(cache).then(file => {
    const read = readCity(file.bytes)
    if (read.verdict !== 'accept') throw new Error(`The city is no bundle: ${read.code}`)
    return createTiles(read.value)
  })
  tiles.then(made => response.end(made.tile(Number(found[1]), Number(found[2]), Number(found[3]))), next)
}

/** Real tiles for the gallery, and, for the built pages, the headers of the real apps. */
const city: Plugin = {
  name: 'gallery-city',
  configureServer: server => void server.middlewares.use(serve),
  configurePreviewServer: server => {
    server.middlewares.use((_request, response, next) => {
      for (const [name, value] of Object.entries(securityHeaders({ connect: [] })))
        response.setHeader(name, value)
      next()
    })
    server.middlewares.use(serve)
  },
}

export default appConfig(import.meta.url, { plugins: [city] })
