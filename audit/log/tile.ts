import { TILE_HEIGHT, TILE_WIDTH } from './tile-path.ts'
import type { TreeHash } from './tree-hash.ts'
import type { NodeHash, TreeNode } from './tree-nodes.ts'

/** Bytes of a hash. */
export const HASH_BYTES = 32

/** Hash number `i` of a run of hashes. */
export const hashAt = (hashes: Uint8Array, i: number): Uint8Array =>
  hashes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES)

/** A tile with the levels above its hashes, as far as they are whole. */
export interface Tile {
  /** Hash of the `index`-th subtree over 2^height of the tile's hashes. */
  at(height: number, index: number): Uint8Array
}

/** Works out the levels above a tile's hashes, 255 hashes for a full one. */
export function tileOf(hashes: Uint8Array, hash: TreeHash): Tile {
  const levels: Uint8Array[] = [hashes]
  for (let height = 1; height <= TILE_HEIGHT; height++) {
    const below = levels[height - 1]!
    const count = Math.floor(below.length / HASH_BYTES / 2)
    if (count === 0) break
    const level = new Uint8Array(count * HASH_BYTES)
    for (let i = 0; i < count; i++)
      level.set(hash.node(hashAt(below, 2 * i), hashAt(below, 2 * i + 1)), i * HASH_BYTES)
    levels.push(level)
  }
  return { at: (height, index) => hashAt(levels[height]!, index) }
}

/** Where a subtree's hash is found: tile level and number, and the place in it. */
export function placeInTile({ level, index }: TreeNode): {
  readonly level: number
  readonly tile: number
  readonly height: number
  readonly index: number
} {
  const height = level % TILE_HEIGHT
  const perTile = TILE_WIDTH / 2 ** height
  return {
    level: (level - height) / TILE_HEIGHT,
    tile: Math.floor(index / perTile),
    height,
    index: index % perTile,
  }
}

/** Hashes of subtrees out of tiles; `tile(level, number)` gives one that reaches far enough. */
export function nodesFromTiles(tile: (level: number, index: number) => Tile): NodeHash {
  return node => {
    const place = placeInTile(node)
    return tile(place.level, place.tile).at(place.height, place.index)
  }
}

/** Hashes that the tile has in a tree of `size` leaves. */
export function widthAt(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level)
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH))
}
