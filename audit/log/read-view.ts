import { concat, equalBytes } from '@hexhail/protocol/hex.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { LogClient } from './log-client.ts'
import type { LogView } from './split.ts'
import { HASH_BYTES, hashAt, nodesFromTiles, type Tile, tileOf, widthAt } from './tile.ts'
import { TILE_HEIGHT, TILE_WIDTH } from './tile-path.ts'
import type { TreeHash } from './tree-hash.ts'
import { rootOf } from './tree-nodes.ts'

/** A log as read from its leaves, 32 bytes each, with the tree worked out from them. */
export interface ReadView extends LogView {
  /** The leaf at an index. */
  leafHash(index: number): Uint8Array
}

/**
 * Reads all leaf hashes of a log up to a checkpoint and works the tree out; null where its root is another. Tiles that
 * are full never change: `known` are those of an earlier reading.
 */
export async function readView(
  client: Pick<LogClient, 'leaves'>,
  sent: string,
  { size, root }: Checkpoint,
  hash: TreeHash,
  known: readonly Uint8Array[] = [],
): Promise<(ReadView & { readonly tiles: readonly Uint8Array[] }) | null> {
  const tiles: Uint8Array[] = []
  for (let number = 0; number * TILE_WIDTH < size; number++) {
    const width = widthAt(size, 0, number)
    const there = known[number]
    tiles.push(there?.length === width * HASH_BYTES ? there : await client.leaves(number, width))
  }
  const levels: Tile[][] = []
  for (let hashes = tiles; hashes.length > 0; ) {
    const level = hashes.map(each => tileOf(each, hash))
    levels.push(level)
    const tops = hashes
      .filter(each => each.length === TILE_WIDTH * HASH_BYTES)
      .map((_, i) => level[i]!.at(TILE_HEIGHT, 0))
    hashes = []
    for (let i = 0; i < tops.length; i += TILE_WIDTH) hashes.push(concat(...tops.slice(i, i + TILE_WIDTH)))
  }
  const nodeHash = nodesFromTiles((level, index) => levels[level]![index]!)
  if (!equalBytes(rootOf(size, nodeHash, hash), root)) return null
  const leafHash = (index: number) => hashAt(tiles[Math.floor(index / TILE_WIDTH)]!, index % TILE_WIDTH)
  return { checkpoint: sent, size, nodeHash, leafHash, tiles }
}
