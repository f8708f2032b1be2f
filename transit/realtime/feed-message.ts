import { PbfReader, PbfWriter } from 'pbf'
import type { Entity } from './entity.ts'
import { readEntities } from './read-entity.ts'

/** A feed as it is served over HTTP (`FeedMessage`). */
export interface FeedMessage {
  /** When it was made, unix seconds; 0 where nobody said. */
  readonly atS: number
  readonly entities: readonly Entity[]
}

/** A city's whole feed is smaller. */
const MOST_ENTITIES = 100_000
const FULL_DATASET = 0

/** Reads anybody's feed; what one of its entities says besides vehicles and trips is left out. Null where it is none. */
export function readFeedMessage(bytes: Uint8Array): FeedMessage | null {
  const feed = { atS: 0, version: '', parts: [] as Uint8Array[] }
  try {
    const pbf = new PbfReader(bytes)
    pbf.readFields((tag, out) => {
      if (tag === 1) pbf.readMessage(readHeader, out)
      else if (tag === 2 && out.parts.length < MOST_ENTITIES) out.parts.push(pbf.readBytes())
    }, feed)
    if (pbf.pos > bytes.length || feed.version === '') return null
    const entities = feed.parts.flatMap(readEntities)
    // As the reference says, what an entity does not date was so when the feed was made.
    return { atS: feed.atS, entities: entities.map(e => (e.atS === 0 ? { ...e, atS: feed.atS } : e)) }
  } catch {
    return null
  }
}

function readHeader(tag: number, out: { atS: number; version: string }, pbf: PbfReader): void {
  if (tag === 1) out.version = pbf.readString()
  else if (tag === 3) out.atS = pbf.readVarint()
}

/** A whole feed of entities' bytes, GTFS-Realtime 2.0. */
export function writeFeedMessage(atS: number, entities: Iterable<Uint8Array>): Uint8Array {
  const pbf = new PbfWriter()
  pbf.writeMessage(
    1,
    (at: number, header) => {
      header.writeStringField(1, '2.0')
      header.writeVarintField(2, FULL_DATASET)
      header.writeVarintField(3, at)
    },
    atS,
  )
  for (const entity of entities) pbf.writeBytesField(2, entity)
  return pbf.finish().slice()
}
