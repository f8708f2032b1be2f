import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trafficSource } from '@hexhail/node/traffic-source.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hexhail-traffic-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('the stamp stays while the file does, and is another once one took its place', async () => {
  const path = join(folder, 'traffic.json')
  const source = trafficSource(path)
  await expect(source.stamp()).rejects.toMatchObject({
    code: 'TRAFFIC_INPUT',
    message: expect.stringContaining(path),
  })
  await writeFile(path, 'one')
  const stamp = await source.stamp()
  expect([await source.stamp(), await source.read()]).toEqual([stamp, 'one'])
  await writeFile(`${path}.new`, 'two')
  await rename(`${path}.new`, path)
  expect(await source.stamp()).not.toBe(stamp)
  expect(await source.read()).toBe('two')
})

test('a file too big to be read between two answers is refused', async () => {
  const path = join(folder, 'traffic.json')
  await writeFile(path, '')
  await truncate(path, 3_000_000)
  await expect(trafficSource(path).stamp()).rejects.toThrow('3000000 bytes, more than 2500000')
})
