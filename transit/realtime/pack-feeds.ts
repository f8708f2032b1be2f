import { FEED } from '@hexhail/protocol/messages.ts'

/** An entity's bytes, and the res-5 cell in whose topic they are said. */
export interface PlacedEntity {
  readonly cell: string
  readonly bytes: Uint8Array
}

const { account, sessionUntilMs, delegation, cell } = FEED.fields
/** The fixed part of a feed and the offset of its list. */
const FIXED = account.size! + sessionUntilMs.size! + delegation.size! + cell.size! + 4
const OFFSET = 4
const MOST = 16

/** Shares entities out over as few messages as their cells and `maxBytes` of a body allow; none that is too long alone. */
export function packFeeds(
  placed: readonly PlacedEntity[],
  maxBytes: number,
): { cell: string; entities: Uint8Array[] }[] {
  const feeds: { cell: string; entities: Uint8Array[] }[] = []
  const open = new Map<string, { entities: Uint8Array[]; bytes: number }>()
  for (const { cell, bytes } of placed) {
    const size = bytes.length + OFFSET
    if (FIXED + size > maxBytes) continue
    let feed = open.get(cell)
    if (feed === undefined || feed.entities.length === MOST || feed.bytes + size > maxBytes) {
      open.set(cell, (feed = { entities: [], bytes: FIXED }))
      feeds.push({ cell, entities: feed.entities })
    }
    feed.entities.push(bytes)
    feed.bytes += size
  }
  return feeds
}
