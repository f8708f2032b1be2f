import type { Topic } from './cells.ts'
import type { DecodeCode } from './codec.ts'
import { BIDS, CALL, CONFIRM, HINT, OVER } from './epoch-messages.ts'
import type { Message, ValueOf } from './fields.ts'
import { FEED, MEET, REQUEST } from './messages.ts'
import type { Verdict } from './verdict.ts'

/** A gossip message of one kind: its name and its body. */
export type GossipMessage =
  | { readonly name: 'request'; readonly body: ValueOf<typeof REQUEST> }
  | { readonly name: 'meet'; readonly body: ValueOf<typeof MEET> }
  | { readonly name: 'call'; readonly body: ValueOf<typeof CALL> }
  | { readonly name: 'bids'; readonly body: ValueOf<typeof BIDS> }
  | { readonly name: 'confirm'; readonly body: ValueOf<typeof CONFIRM> }
  | { readonly name: 'over'; readonly body: ValueOf<typeof OVER> }
  | { readonly name: 'hint'; readonly body: ValueOf<typeof HINT> }
  | { readonly name: 'feed'; readonly body: ValueOf<typeof FEED> }

/** What the check of a gossip message needs to know of its kind. */
export interface GossipKind {
  readonly name: GossipMessage['name']
  check(bytes: Uint8Array, start: number): DecodeCode | null
  decode(body: Uint8Array): Verdict<GossipMessage['body'], DecodeCode>
  /** Where in the body the cell or the tag stands that the topic must fit. */
  readonly placeAt: number
  /** The topics that it may stand in. */
  readonly sorts: readonly Topic['sort'][]
}

/** Where a field of fixed place begins in a body. */
function offsetOf({ fields }: Pick<Message, 'fields'>, name: string): number {
  let at = 0
  for (const [key, { size }] of Object.entries(fields)) {
    if (key === name) break
    at += size ?? 4
  }
  return at
}

/** The kinds that travel by gossip, by kind byte. */
export const GOSSIP_KINDS: ReadonlyMap<number, GossipKind> = new Map<number, GossipKind>([
  [REQUEST.kind, { ...REQUEST, placeAt: offsetOf(REQUEST, 'cell'), sorts: ['req', 'far'] }],
  [MEET.kind, { ...MEET, placeAt: offsetOf(MEET, 'tag'), sorts: ['meet'] }],
  [CALL.kind, { ...CALL, placeAt: offsetOf(CALL, 'area'), sorts: ['epoch'] }],
  [BIDS.kind, { ...BIDS, placeAt: offsetOf(BIDS, 'area'), sorts: ['epoch'] }],
  [CONFIRM.kind, { ...CONFIRM, placeAt: offsetOf(CONFIRM, 'area'), sorts: ['epoch'] }],
  [OVER.kind, { ...OVER, placeAt: offsetOf(OVER, 'area'), sorts: ['epoch'] }],
  [HINT.kind, { ...HINT, placeAt: offsetOf(HINT, 'area'), sorts: ['epoch'] }],
  [FEED.kind, { ...FEED, placeAt: offsetOf(FEED, 'cell'), sorts: ['transit'] }],
])
