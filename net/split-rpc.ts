import type { GossipRouter } from './gossip.ts'

/** A gossip RPC that is about to be sent. */
export interface OutRpc {
  subscriptions: { topic?: string; subscribe?: boolean }[]
  messages: { topic?: string; data?: Uint8Array }[]
  control?: {
    ihave: { topicID?: string; messageIDs: Uint8Array[] }[]
    iwant: { messageIDs: Uint8Array[] }[]
    graft: { topicID?: string }[]
    prune: { topicID?: string }[]
    idontwant: { messageIDs: Uint8Array[] }[]
  }
}

/** What one RPC may hold: what the other side's decoder takes. reference/trust.md section 4. */
export const RPC_LIMITS = { maxBytes: 64 * 1024, items: 64, ids: 500 } as const

/** Room for prefixes and tags, per item and in all. */
const ITEM_BYTES = 24
const USED_BYTES = RPC_LIMITS.maxBytes - 1024

type Kind = 'subscriptions' | 'messages' | keyof NonNullable<OutRpc['control']>
type Item = { topic?: string; topicID?: string; data?: Uint8Array; messageIDs?: Uint8Array[] }

const CONTROL = ['ihave', 'iwant', 'graft', 'prune', 'idontwant'] as const

/** One RPC as many, each within the limits, in the same order. */
export function splitRpc(rpc: OutRpc): OutRpc[] {
  const out: OutRpc[] = []
  let bytes = Number.POSITIVE_INFINITY
  let counts = new Map<Kind, number>()
  const put = (kind: Kind, item: Item): void => {
    const size = sizeOf(item)
    if (bytes + size > USED_BYTES || (counts.get(kind) ?? 0) >= RPC_LIMITS.items) {
      out.push({ subscriptions: [], messages: [] })
      bytes = 0
      counts = new Map()
    }
    bytes += size
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    const last = out.at(-1)!
    if (kind === 'subscriptions' || kind === 'messages') last[kind].push(item)
    else {
      last.control ??= { ihave: [], iwant: [], graft: [], prune: [], idontwant: [] }
      last.control[kind].push(item as never)
    }
  }
  for (const item of rpc.subscriptions) put('subscriptions', item)
  for (const item of rpc.messages) put('messages', item)
  for (const kind of CONTROL)
    for (const item of rpc.control?.[kind] ?? []) for (const part of idParts(item)) put(kind, part)
  return out
}

function sizeOf({ topic = '', topicID = '', data, messageIDs = [] }: Item): number {
  let size = ITEM_BYTES + topic.length + topicID.length + (data?.length ?? 0)
  for (const id of messageIDs) size += id.length + 2
  return size
}

/** An item with more ids than one may have, as many. */
function* idParts(item: Item): Generator<Item> {
  const { messageIDs } = item
  if (messageIDs === undefined || messageIDs.length <= RPC_LIMITS.ids) yield item
  else
    for (let i = 0; i < messageIDs.length; i += RPC_LIMITS.ids)
      yield { ...item, messageIDs: messageIDs.slice(i, i + RPC_LIMITS.ids) }
}

/** Makes a router send nothing that its neighbours' decoders refuse: gossipsub itself puts all it has into one RPC. */
export function boundRpcs(router: GossipRouter): void {
  const send = router.sendRpc.bind(router)
  router.sendRpc = (peer, rpc) => {
    if (!router.streamsOutbound.has(peer)) return send(peer, rpc)
    // What gossipsub would put on top of it.
    const control = router.control.get(peer)
    const gossip = router.gossip.get(peer)
    if (control !== undefined) router.piggybackControl(peer, rpc, control)
    if (gossip !== undefined) router.piggybackGossip(peer, rpc, gossip)
    router.control.delete(peer)
    router.gossip.delete(peer)
    const isSmall = rpc.messages.length <= 1 && rpc.subscriptions.length <= 1 && rpc.control === undefined
    const parts = isSmall ? [rpc] : splitRpc(rpc)
    return parts.map(part => send(peer, part)).every(Boolean)
  }
}
