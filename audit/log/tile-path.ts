import { accept, reject, type Verdict } from '@hexhail/protocol/verdict.ts'

/** Hashes in a full tile, and entries in a full bundle. Source: C2SP tlog-tiles. */
export const TILE_WIDTH = 256
/** Levels of the tree that one tile spans. */
export const TILE_HEIGHT = 8

/** A tile of hashes, or a bundle of entries (`level` 'entries'); `width` < 256 is that of a partial one. */
export interface TileName {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

const LEVELS = 64
const PATH = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/(\d{1,3}))?$/

/** Path of a tile: `tile/0/x001/x234/067.p/12`. */
export function tilePath({ level, index, width }: TileName): string {
  let path = String(index % 1000).padStart(3, '0')
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    path = `x${String(rest % 1000).padStart(3, '0')}/${path}`
  return `tile/${level}/${path}${width < TILE_WIDTH ? `.p/${width}` : ''}`
}

/** The tile that a path names: there is one way to write each. */
export function tileFrom(path: string): Verdict<TileName, 'path'> {
  const match = PATH.exec(path)
  if (match === null || path.length > 64) return reject('path')
  const [, kind, high, low, partial] = match
  const level = kind === 'entries' ? kind : Number(kind)
  const index = Number(`${high!.replace(/[x/]/g, '')}${low}`)
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  const name: TileName = { level, index, width }
  const fits = (level === 'entries' || level < LEVELS) && Number.isSafeInteger(index) && width >= 1
  return fits && tilePath(name) === path ? accept(name) : reject('path')
}
