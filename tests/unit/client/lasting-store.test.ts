import { createLastingStore } from '@hexhail/client/lasting-store.ts'
import { createMemoryStore, type Disk } from '@hexhail/client/store.ts'
import { expect, test } from 'vitest'

const random = (size: number): Uint8Array => new Uint8Array(size)

/** A disk with room for some values at a time; 0 refuses all. */
function smallDisk(room: number): Disk & { room: number; readonly writes: string[] } {
  const inner = createMemoryStore()
  const writes: string[] = []
  const disk = {
    ...inner,
    room,
    writes,
    set: async (key: string, value: unknown) => {
      const kept = await inner.keys('')
      if (!kept.includes(key) && kept.length >= disk.room)
        throw new DOMException('No space left.', 'QuotaExceededError')
      writes.push(key)
      await inner.set(key, value)
    },
  }
  return disk
}

test('a full disk gives its reserve to what is under way, then memory holds the rest', async () => {
  const disk = smallDisk(2)
  const store = await createLastingStore(disk, random)
  expect(await disk.keys('')).toEqual(['reserve'])
  await store.set('a', 1)
  expect(store.full.value).toBe(false)

  await store.set('b', 2)
  expect(store.full.value).toBe(true)
  expect((await disk.keys('')).sort()).toEqual(['a', 'b'])

  await store.set('c', 3)
  expect(await disk.get('c')).toBeUndefined()
  expect(await store.get('c')).toBe(3)
  expect((await store.keys('')).sort()).toEqual(['a', 'b', 'c'])
  expect(await store.hasRoom()).toBe(false)
})

test('what waits is written in its order once there is room, and something new may begin', async () => {
  const disk = smallDisk(0)
  const store = await createLastingStore(disk, random)
  expect(store.full.value).toBe(true)
  await store.set('trip', 1)
  await store.set('talk', 2)
  await store.set('trip', 3)
  await store.delete('talk')
  await store.set('last', 4)
  expect(disk.writes).toEqual([])

  disk.room = 9
  expect(await store.hasRoom()).toBe(true)
  expect(disk.writes).toEqual(['trip', 'last', 'reserve'])
  expect(await disk.get('trip')).toBe(3)
  expect(store.full.value).toBe(false)
  expect(await store.keys('')).toEqual(['trip', 'last'])
})

test('what is deleted on a full disk is gone', async () => {
  const disk = smallDisk(3)
  const store = await createLastingStore(disk, random)
  await store.set('a', 1)
  disk.room = 0
  await store.set('b', 2)
  await store.delete('a')
  expect(await store.get('a')).toBeUndefined()
  expect(await store.keys('')).toEqual(['b'])
})

test('writes that are not waited for come in their order', async () => {
  const disk = smallDisk(9)
  const store = await createLastingStore(disk, random)
  await Promise.all([store.set('a', 1), store.set('a', 2), store.delete('b'), store.set('a', 3)])
  expect(await disk.get('a')).toBe(3)
  expect(disk.writes).toEqual(['reserve', 'a', 'a', 'a'])
})

test('a fault that is not a full disk reaches who wrote', async () => {
  const disk = smallDisk(9)
  const store = await createLastingStore(disk, random)
  const set = disk.set
  disk.set = () => Promise.reject(new Error('The disk is broken.'))
  await expect(store.set('a', 1)).rejects.toThrow('The disk is broken.')
  expect(await store.get('a')).toBeUndefined()
  disk.set = set
  await store.set('b', 2)
  expect(store.full.value).toBe(false)
})
