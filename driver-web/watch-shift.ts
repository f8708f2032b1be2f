import type { DriverClient } from '@hexhail/client/driver-client.ts'
import type { DriverNotice } from '@hexhail/protocol/driver-notice.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Alarm } from './alarm.ts'

/** What the rider does that the driver has to know at once. */
const URGENT: ReadonlySet<DriverNotice> = new Set<DriverNotice>([
  'riderCancelled',
  'stopAsked',
  'changeAsked',
  'riderSilent',
  'contested',
  'noShowOpen',
  'handedOver',
])

/** Calls the driver when the shift has something new for him; returns how to stop. */
export function watchShift(client: DriverClient, alarm: Alarm): () => void {
  const { cards, trip } = client.shift.value
  let seen = new Set(cards.map(card => toHex(card.request.requestId)))
  let tag = trip?.tag ?? ''
  let notice = trip?.notice ?? null
  let heard = trip?.chat.length ?? 0
  return client.shift.subscribe(shift => {
    const ids = shift.cards.map(card => toHex(card.request.requestId))
    if (ids.some(id => !seen.has(id))) alarm.call('hail')
    seen = new Set(ids)
    const now = shift.trip
    if (now && now.tag !== tag) alarm.call('urgent')
    else if (now?.notice && now.notice !== notice && URGENT.has(now.notice)) alarm.call('urgent')
    else if (now && now.chat.length > heard && !now.chat.at(-1)?.mine) alarm.call('word')
    tag = now?.tag ?? ''
    notice = now?.notice ?? null
    heard = now?.chat.length ?? 0
  })
}
