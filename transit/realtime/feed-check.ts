import { cellAt, FAR_RES, parseTopic } from '@hexhail/protocol/cells.ts'
import type { StateCheck } from '@hexhail/protocol/request-book.ts'
import { accept, ignore, reject } from '@hexhail/protocol/verdict.ts'
import { decodeEntity } from './check-entity.ts'
import { ENTITY_LIFE_MS, type EntityTable, type HeardEntity } from './entity-table.ts'

/** What operators' clocks and their vehicles' may differ by, ms. */
const MOST_AHEAD_MS = 5_000

/**
 * Step 10 of the gossip check for feeds: entities as they should be, of their time, in the cell that the topic names, and
 * at least one newer than what is known. What passes is in the table. Other kinds are `others`' business.
 */
export function createFeedCheck(table: EntityTable, others: StateCheck): StateCheck {
  return (gossip, nowMs, said) => {
    const { message, issuedAtMs } = gossip
    if (message.name !== 'feed') return others(gossip, nowMs, said)
    const { topic: name } = said
    const topic = parseTopic(name)
    const { cell, entities } = message.body
    if (topic?.sort !== 'transit' || entities.length === 0) return reject('entity')
    const heard: Omit<HeardEntity, 'agency'>[] = []
    for (const bytes of entities) {
      const decoded = decodeEntity(bytes)
      if (decoded.verdict !== 'accept') return decoded
      const { value: entity } = decoded
      const atMs = entity.atS * 1000
      if (atMs > issuedAtMs + MOST_AHEAD_MS || atMs + ENTITY_LIFE_MS <= issuedAtMs) return reject('entity')
      if (entity.kind === 'vehicle' && cellAt(entity.at, FAR_RES) !== cell) return reject('entity')
      heard.push({ entity, bytes })
    }
    return table.take(topic.agency, heard, nowMs) > 0 ? accept(gossip) : ignore('stale')
  }
}
