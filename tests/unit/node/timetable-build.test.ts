import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TimetableFile, timetableOfFeed } from '@hexhail/node/timetable-build.ts'
import { CROW } from '@hexhail/transit/timetable/find-feet.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeZip } from '../transit/gtfs/make-zip.ts'
import { TINY } from '../transit/gtfs/tiny-feed.ts'

let dir: string
const lines: string[] = []
beforeEach(async () => {
  lines.length = 0
  dir = await mkdtemp(join(tmpdir(), 'hexhail-feed-'))
})
afterEach(() => rm(dir, { recursive: true }))

async function build(
  changes: Readonly<Record<string, string>> = {},
  skipErrors = false,
): Promise<TimetableFile> {
  const path = join(dir, 'feed.zip')
  await writeFile(path, makeZip({ ...TINY, ...changes }))
  return timetableOfFeed(path, {
    ...{ cacheDir: join(dir, 'cache'), name: 'Tiny Town', skipErrors, onProgress: () => {} },
    walk: { source: 'crow', finder: () => CROW },
    onComplaint: line => lines.push(line),
  })
}

const BROKEN = { 'stop_times.txt': TINY['stop_times.txt']!.replace('t1,,,mid', 't1,,,nowhere') }

test('a feed is built once; the same feed is found again, by its hash', async () => {
  const first = await build()
  expect(first.path).toMatch(/tiny-town-[0-9a-f]{16}\.timetable$/)
  const again = await build()
  expect([first.built, again.built, again.hash]).toEqual([true, false, first.hash])
  expect(await readdir(join(dir, 'cache'))).toHaveLength(1)
})

test('a feed with errors is refused on one line with what to do; without what they name it is taken when asked', async () => {
  await expect(build(BROKEN)).rejects.toThrow(
    'feed.zip has 1 error; the first: stop_times.txt, row 3, stop_id «nowhere»: nothing has this id (ID_UNKNOWN). ' +
      'Correct it, or leave out what its errors name with --skip-errors.',
  )
  expect(lines).toEqual([
    'error: stop_times.txt, row 3, stop_id «nowhere»: nothing has this id (ID_UNKNOWN).',
  ])
  expect((await build(BROKEN, true)).timetable.trips.id).not.toContain('t1')
})

test('a path that leads nowhere is told', async () => {
  const options = { cacheDir: dir, name: 'x', skipErrors: false, onProgress: () => {}, onComplaint: () => {} }
  const walk = { source: 'crow', finder: () => CROW }
  await expect(timetableOfFeed(join(dir, 'none.zip'), { ...options, walk })).rejects.toThrow(
    'There is no file',
  )
})
