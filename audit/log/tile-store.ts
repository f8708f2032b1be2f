import { concat, equalBytes } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { LogDisk } from './disk.ts'
import { bundled, unbundle } from './entry-bundle.ts'
import { createLeafIndex } from './leaf-index.ts'
import { HASH_BYTES, hashAt, nodesFromTiles, type Tile, tileOf, widthAt } from './tile.ts'
import { TILE_HEIGHT, TILE_WIDTH, tilePath } from './tile-path.ts'
import type { TreeHash } from './tree-hash.ts'
import { type LeafRange, rangeHash, rootOf } from './tree-nodes.ts'

/**
 * Entries and tree of a log on a disk, in the layout of C2SP tlog-tiles, files that only grow. An entry lasts once its
 * bundle is synced; the hashes are made again from the entries where a crash took them. In memory: the right edge of the
 * tree, some tiles, and 16 to 32 bytes a leaf.
 */
export interface TileStore {
  readonly size: number
  /**
   * Adds entries and resolves with their leaf hashes once they outlive a crash. One call at a time; after one that fails
   * all fail: 'log-broken'.
   */
  append(entries: readonly Uint8Array[]): Promise<Uint8Array[]>
  root(size?: number): Uint8Array
  /** Hashes of ranges of leaves: the items of proofs. */
  hashes(ranges: readonly LeafRange[]): Uint8Array[]
  find(leafHash: Uint8Array): number | null
  leafHash(index: number): Uint8Array
  /** @throws {HexhailError} 'log-corrupt' */
  entry(index: number): Uint8Array
  /** The bytes of a tile or a bundle at this width, or null where the log has not come so far. */
  tile(level: number | 'entries', index: number, width: number): Uint8Array | null
}

interface TileWrite {
  readonly path: string
  readonly bytes: Uint8Array
  readonly lasts: boolean
}

/** Whole tiles kept decoded, 16 KB each. */
const MOST_TILES = 256

const fileOf = (level: number | 'entries', index: number): string =>
  tilePath({ level, index, width: TILE_WIDTH })

/** Opens the store and mends what a crash left. @throws {HexhailError} 'log-corrupt' where files are missing */
export async function openTileStore(disk: LogDisk, hash: TreeHash): Promise<TileStore> {
  /** Hashes of the tile that is not full yet, by level. */
  let edges: Uint8Array[] = []
  let edgeTiles: Tile[] = []
  const index = createLeafIndex()
  const kept = new Map<string, Tile>()
  let size = 0
  let isBroken = false

  const corrupt = (path: string): HexhailError =>
    new HexhailError('log-corrupt', `${path} of the log is damaged: put it back from a copy.`, { path })

  const readTile = (level: number, number: number): Uint8Array => {
    const bytes = disk.read(fileOf(level, number))
    if (bytes === null || bytes.length < TILE_WIDTH * HASH_BYTES) throw corrupt(fileOf(level, number))
    return bytes.subarray(0, TILE_WIDTH * HASH_BYTES)
  }
  const tileAt = (level: number, number: number): Tile => {
    const width = widthAt(size, level, number)
    if (width < TILE_WIDTH) return (edgeTiles[level] ??= tileOf(edges[level] ?? new Uint8Array(0), hash))
    const name = `${level}/${number}`
    const known = kept.get(name)
    const tile = known ?? tileOf(readTile(level, number), hash)
    kept.delete(name)
    kept.set(name, tile)
    if (kept.size > MOST_TILES) kept.delete(kept.keys().next().value as string)
    return tile
  }
  const nodeHash = nodesFromTiles(tileAt)

  /** What adding hashes at the end of a level writes: a tile that fills gives one hash to the level above. */
  const plan = (level: number, number: number, added: Uint8Array, next: Uint8Array[]): TileWrite[] => {
    const edge = concat(edges[level] ?? new Uint8Array(0), added)
    const isFull = edge.length === TILE_WIDTH * HASH_BYTES
    next[level] = isFull ? new Uint8Array(0) : edge
    // What stands above a full tile must last before the next bundle begins.
    const write = { path: fileOf(level, number), bytes: added, lasts: isFull || level > 0 }
    if (!isFull) return [write]
    const top = tileOf(edge, hash).at(TILE_HEIGHT, 0)
    return [write, ...plan(level + 1, Math.floor(number / TILE_WIDTH), top, next)]
  }

  /** Adds entries of one bundle. Readers see the tree as it was until all of it is on disk. */
  const appendPart = async (part: readonly Uint8Array[]): Promise<Uint8Array[]> => {
    const number = Math.floor(size / TILE_WIDTH)
    const path = fileOf('entries', number)
    await disk.append(path, concat(...part.map(bundled)))
    await disk.sync(path)
    const hashes = part.map(hash.leaf)
    const next = [...edges]
    for (const { path, bytes, lasts } of plan(0, number, concat(...hashes), next)) {
      await disk.append(path, bytes)
      if (lasts) await disk.sync(path)
    }
    edges = next
    edgeTiles = []
    for (const [i, each] of hashes.entries()) index.add(each, size + i)
    size += part.length
    return hashes
  }

  /** Makes the file of the last tile of a level hold just these hashes, which follow from what is below. */
  const mend = async (level: number, number: number, hashes: Uint8Array): Promise<void> => {
    const path = fileOf(level, number)
    const there = disk.read(path) ?? new Uint8Array(0)
    if (equalBytes(there, hashes)) return
    if (there.length > 0) await disk.truncate(path, 0)
    await disk.append(path, hashes)
    await disk.sync(path)
  }

  /** The number of bundle files: they are made one after the other. */
  const countBundles = (): number => {
    const isThere = (number: number) => disk.read(fileOf('entries', number)) !== null
    let high = 1
    while (isThere(high - 1)) high *= 2
    let low = high >> 1
    while (low < high - 1) {
      const middle = (low + high) >> 1
      if (isThere(middle - 1)) low = middle
      else high = middle
    }
    return low
  }

  const recover = async (): Promise<void> => {
    const bundles = countBundles()
    if (bundles === 0) return
    const last = bundles - 1
    const path = fileOf('entries', last)
    const bytes = disk.read(path)!
    const { entries, size: whole } = unbundle(bytes)
    if (whole < bytes.length) await disk.truncate(path, whole)
    for (let number = 0; number < last; number++) {
      const tile = readTile(0, number)
      for (let i = 0; i < TILE_WIDTH; i++) index.add(hashAt(tile, i), number * TILE_WIDTH + i)
    }
    let hashes = concat(...entries.map(hash.leaf))
    for (let i = 0; i < entries.length; i++) index.add(hashAt(hashes, i), last * TILE_WIDTH + i)
    size = last * TILE_WIDTH + entries.length
    let number = last
    for (let level = 0; ; level++) {
      await mend(level, number, hashes)
      const isFull = hashes.length === TILE_WIDTH * HASH_BYTES
      edges[level] = isFull ? new Uint8Array(0) : hashes
      const below = Math.floor(size / TILE_WIDTH ** (level + 1))
      if (below === 0) return
      number = Math.floor((below - 1) / TILE_WIDTH)
      const first = number * TILE_WIDTH
      const there = disk.read(fileOf(level + 1, number)) ?? new Uint8Array(0)
      // The newest hash of a level is made anew: it is the one that a crash may have torn.
      const good = Math.min(Math.floor(there.length / HASH_BYTES), below - first - 1)
      const fresh = Array.from({ length: below - first - good }, (_, i) =>
        tileOf(readTile(level, first + good + i), hash).at(TILE_HEIGHT, 0),
      )
      hashes = concat(there.subarray(0, good * HASH_BYTES), ...fresh)
    }
  }

  await recover()
  const leafHash = (at: number): Uint8Array => nodeHash({ level: 0, index: at })

  return {
    get size() {
      return size
    },
    async append(entries) {
      const added: Uint8Array[] = []
      if (isBroken)
        throw new HexhailError('log-broken', 'A write of the log failed: free its disk and start it again.')
      isBroken = true // until all of it is written: what a failed write left is mended when the store is opened
      for (let from = 0; from < entries.length; ) {
        const part = entries.slice(from, from + TILE_WIDTH - (size % TILE_WIDTH))
        added.push(...(await appendPart(part)))
        from += part.length
      }
      isBroken = false
      return added
    },
    root: (at = size) => rootOf(at, nodeHash, hash),
    hashes: ranges => ranges.map(range => rangeHash(range, nodeHash, hash)),
    find: wanted => index.find(wanted, at => at < size && equalBytes(leafHash(at), wanted)),
    leafHash,
    entry(at) {
      const path = fileOf('entries', Math.floor(at / TILE_WIDTH))
      const found = unbundle(disk.read(path) ?? new Uint8Array(0)).entries[at % TILE_WIDTH]
      if (!found) throw corrupt(path)
      return found
    },
    tile(level, number, width) {
      const known = level === 'entries' ? widthAt(size, 0, number) : widthAt(size, level, number)
      if (width > known) return null
      const bytes = disk.read(fileOf(level, number))
      if (bytes === null) throw corrupt(fileOf(level, number))
      if (level !== 'entries') return bytes.subarray(0, width * HASH_BYTES)
      let end = 0
      for (let i = 0; i < width; i++) end += 2 + ((bytes[end]! << 8) | bytes[end + 1]!)
      return bytes.subarray(0, end)
    },
  }
}
