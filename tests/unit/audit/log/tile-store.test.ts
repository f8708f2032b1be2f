import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryDisk, type LogDisk } from '@hexhail/audit/log/disk.ts'
import { openFileDisk } from '@hexhail/audit/log/file-disk.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { tileFrom, tilePath } from '@hexhail/audit/log/tile-path.ts'
import { openTileStore, type TileStore } from '@hexhail/audit/log/tile-store.ts'
import { treeHash } from '@hexhail/audit/log/tree-hash.ts'
import { inclusionRanges } from '@hexhail/audit/log/tree-nodes.ts'
import { checkInclusion } from '@hexhail/audit/log/tree-proof.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { naiveInclusion, naiveRoot, someEntries } from './naive-tree.ts'

const HASH = treeHash(nodeSha256)
const hexes = (list: readonly Uint8Array[]) => list.map(toHex)

function fileDisk(): LogDisk {
  const dir = mkdtempSync(join(tmpdir(), 'hexhail-log-'))
  const disk = openFileDisk(dir)
  onTestFinished(async () => {
    await disk[Symbol.asyncDispose]()
    rmSync(dir, { recursive: true })
  })
  return disk
}

const DISKS: readonly (readonly [string, () => LogDisk])[] = [
  ['in memory', () => createMemoryDisk()],
  ['in files', fileDisk],
]

/** Same tree, same proofs, same entries as the RFC's own recursions give. */
function expectTree(store: TileStore, entries: readonly Uint8Array[]): void {
  expect(store.size).toBe(entries.length)
  expect(toHex(store.root())).toBe(toHex(naiveRoot(entries)))
  for (const i of [0, entries.length >> 1, entries.length - 1]) {
    if (entries.length === 0) return
    expect(toHex(store.entry(i))).toBe(toHex(entries[i]!))
    expect(store.find(HASH.leaf(entries[i]!))).toBe(i)
    const proof = store.hashes(inclusionRanges(i, store.size))
    expect(hexes(proof)).toEqual(hexes(naiveInclusion(i, entries)))
    const own = { index: i, size: store.size, leafHash: store.leafHash(i), proof }
    expect(checkInclusion(own, store.root(), HASH).verdict).toBe('accept')
  }
}

describe.each(DISKS)('a store %s', (_, make) => {
  test('holds the tree of what was added, at once and after it is opened again', async () => {
    const [disk, entries] = [make(), someEntries(1_000)]
    const store = await openTileStore(disk, HASH)
    for (let at = 0; at < entries.length; ) {
      const count = 1 + ((at * 7) % 300)
      const part = entries.slice(at, at + count)
      expect(hexes(await store.append(part))).toEqual(hexes(part.map(HASH.leaf)))
      at += count
    }
    expectTree(store, entries)
    expectTree(await openTileStore(disk, HASH), entries)
    expect(toHex(store.root(700))).toBe(toHex(naiveRoot(entries.slice(0, 700))))
    expect(store.find(HASH.leaf(new Uint8Array(3)))).toBeNull()
  })

  test('serves tiles and bundles of every width that it has, and no more', async () => {
    const [disk, entries] = [make(), someEntries(600)]
    const store = await openTileStore(disk, HASH)
    await store.append(entries)
    expect(store.tile(0, 2, 88)?.length).toBe(88 * 32)
    expect(toHex(store.tile(0, 1, 256)!)).toBe(
      `0x${entries
        .slice(256, 512)
        .map(e => toHex(HASH.leaf(e)).slice(2))
        .join('')}`,
    )
    expect(toHex(store.tile(1, 0, 2)!.subarray(32))).toBe(toHex(naiveRoot(entries.slice(256, 512))))
    expect([...store.tile('entries', 0, 1)!]).toEqual([0, 7, ...entries[0]!])
    for (const [level, index, width] of [
      [0, 2, 89],
      [0, 3, 1],
      [1, 0, 3],
      [2, 0, 1],
      ['entries', 2, 89],
    ] as const)
      expect(store.tile(level, index, width)).toBeNull()
  })
})

test('paths of tiles are those of C2SP, each written in one way', () => {
  expect(tilePath({ level: 0, index: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067')
  expect(tilePath({ level: 'entries', index: 0, width: 12 })).toBe('tile/entries/000.p/12')
  for (const path of ['tile/0/x001/x234/067', 'tile/63/000.p/255', 'tile/entries/x001/000']) {
    const name = tileFrom(path)
    expect(name.verdict === 'accept' && tilePath(name.value)).toBe(path)
  }
  const bad = [
    'tile/64/000',
    'tile/00/000',
    'tile/0/00',
    'tile/0/x000/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
  ]
  for (const path of [
    ...bad,
    'tile/0/001.p/01',
    '../checkpoint',
    'tile/0/x001/1',
    `tile/0/${'x999/'.repeat(20)}000`,
  ])
    expect(tileFrom(path)).toEqual({ verdict: 'reject', code: 'path' })
})

/** Adds parts to a store on a disk that dies at the step `dieAt`; says how many entries were told to be safe. */
async function dieWhileAdding(parts: readonly Uint8Array[][], dieAt: number) {
  let steps = 0
  const disk = createMemoryDisk(() => {
    if (++steps > dieAt) throw new Error('the machine died')
  })
  let safe = 0
  try {
    const store = await openTileStore(disk, HASH)
    for (const part of parts) {
      await store.append(part)
      safe += part.length
    }
  } catch {
    return { disk, safe, isDead: true }
  }
  return { disk, safe, isDead: false }
}

test('a crash at any step, whatever part of the unsynced bytes is left, loses nothing that was told to be safe', async () => {
  const entries = someEntries(262)
  const roots = Array.from({ length: 263 }, (_, n) => (n < 249 ? '' : toHex(naiveRoot(entries.slice(0, n)))))
  const parts = [entries.slice(0, 250), entries.slice(250, 255), entries.slice(255, 258), entries.slice(258)]
  let crashes = 0
  for (let dieAt = 0; ; dieAt++) {
    const { disk, safe, isDead } = await dieWhileAdding(parts, dieAt)
    const losses = [...Array(30).keys(), 1e6]
    for (const lost of losses) {
      // Entries and hashes may reach the disk in any order: half of the time only one of them is cut.
      const isCut = (path: string) => lost % 2 === 0 || path.includes('entries') === (lost % 4 === 1)
      const left = disk.crash((path, unsynced) => (isCut(path) ? Math.max(0, unsynced - lost) : unsynced))
      const store = await openTileStore(left, HASH)
      expect(store.size).toBeGreaterThanOrEqual(safe)
      const root = roots[store.size] || toHex(naiveRoot(entries.slice(0, store.size)))
      expect(toHex(store.root())).toBe(root)
      crashes++
      if (lost % 15 !== 0) continue
      await store.append(entries.slice(store.size))
      expect(toHex(store.root())).toBe(roots[262])
      expect(toHex((await openTileStore(left, HASH)).root())).toBe(roots[262])
    }
    if (!isDead) break
  }
  expect(crashes).toBeGreaterThan(500)
})

test('files cut at every byte of the last writes open as a log of the entries that are whole', async () => {
  const entries = someEntries(5)
  const store = createMemoryDisk()
  await (await openTileStore(store, HASH)).append(entries)
  const whole = store.read('tile/entries/000')!
  for (let size = 0; size <= whole.length; size++)
    for (const hashes of [0, 31, 32, 100, 160]) {
      const disk = createMemoryDisk()
      await disk.append('tile/entries/000', whole.slice(0, size))
      await disk.append('tile/0/000', store.read('tile/0/000')!.slice(0, hashes))
      const opened = await openTileStore(disk, HASH)
      expect(opened.size).toBe(Math.floor(size / 9))
      expect(toHex(opened.root())).toBe(toHex(naiveRoot(entries.slice(0, opened.size))))
      expect(disk.read('tile/0/000')?.length ?? 0).toBe(opened.size * 32)
    }
})

test('a write that fails stops the log; it goes on when it is opened again', async () => {
  let isFull = false
  const disk = createMemoryDisk(step => {
    if (isFull && step === 'append') throw new Error('no space left')
  })
  const store = await openTileStore(disk, HASH)
  await store.append(someEntries(3))
  isFull = true
  await expect(store.append(someEntries(1, 'more'))).rejects.toThrow('no space')
  isFull = false
  await expect(store.append(someEntries(1, 'more'))).rejects.toMatchObject({ code: 'log-broken' })
  const again = await openTileStore(disk, HASH)
  await again.append(someEntries(1, 'more'))
  expectTree(again, [...someEntries(3), ...someEntries(1, 'more')])
})

test('a tile that is missing is found out, and nothing is signed over it', async () => {
  const disk = createMemoryDisk()
  await (await openTileStore(disk, HASH)).append(someEntries(600))
  await disk.truncate('tile/0/000', 64)
  await expect(openTileStore(disk, HASH)).rejects.toMatchObject({ code: 'log-corrupt' })
})

test('two processes do not share a folder', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'hexhail-log-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  await using _disk = openFileDisk(dir)
  await using _again = openFileDisk(dir) // the same process may
  expect(() => openFileDisk(join(dir, 'lock'))).toThrow(/cannot be written/)
})
