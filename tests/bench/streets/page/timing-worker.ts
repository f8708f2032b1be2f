/* Times the 10 nearest of 10,000 drivers inside a worker, where no message is on the way. */
import { openCity } from '@hexhail/streets/city.ts'
import { createCityRouter } from '@hexhail/streets/city-router.ts'
import { seeded } from '../../../unit/streets/grid-town.ts'
import { placeSource, someDrivers } from '../places.ts'
import { timeCalls } from '../sample.ts'

globalThis.onmessage = ({ data }: MessageEvent<Uint8Array>) => {
  const city = openCity(data)
  const router = createCityRouter(city)
  const draw = placeSource(city, router.snap, seeded(11), 'uniform')
  for (const { id, place, stance } of someDrivers(city, 10_000, draw)) router.drivers.place(id, place, stance)
  const riders = Array.from({ length: 4096 }, draw)
  // The clock of an isolated page ticks every 5 µs: twenty calls a sample.
  const nearest = timeCalls(i => router.drivers.nearest(riders[i & 4095]!, 10), { batch: 20, samples: 1000 })
  globalThis.postMessage(nearest)
}
