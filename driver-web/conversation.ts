import type { DriverClient } from '@hexhail/client/driver-client.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { MONEY } from '@hexhail/protocol/trip.ts'
import { computed, type ReadonlySignal, signal } from '@preact/signals'

/** How it stands between driver and rider: words not looked at, and whether the other device is reached. */
export interface Conversation {
  readonly unread: ReadonlySignal<number>
  /** True when the rider's device was reached before and is not now. */
  readonly linkLost: ReadonlySignal<boolean>
  /** All words so far have been looked at. */
  read(): void
  stop(): void
}

const READ = 'driver-web/read'
/** A page that has just opened gives the link this long, ms. */
const LINK_MS = 10_000

/** Follows the conversation of the shift's trip. */
export async function createConversation(
  { shift, linked }: DriverClient,
  { store, now, report }: Pick<ClientPorts, 'store' | 'now' | 'report'>,
  clock: ReadonlySignal<number>,
): Promise<Conversation> {
  const seen = signal((await store.get<{ tag: string; lines: number }>(READ)) ?? { tag: '', lines: 0 })
  /** Of the trip whose rider was reached once, or that was under way when the page opened. */
  const reached = signal(shift.value.trip?.tag ?? '')
  const openedAtMs = now()
  const heardIn = () => shift.value.trip?.chat.filter(line => !line.mine).length ?? 0
  const stop = linked.subscribe(up => {
    if (up) reached.value = shift.value.trip?.tag ?? ''
  })
  return {
    unread: computed(() => {
      const tag = shift.value.trip?.tag ?? ''
      return Math.max(0, heardIn() - (seen.value.tag === tag ? seen.value.lines : 0))
    }),
    linkLost: computed(() => {
      const { trip } = shift.value
      if (!trip || !MONEY.has(trip.phase) || linked.value) return false
      return reached.value === trip.tag && clock.value - openedAtMs > LINK_MS
    }),
    read: () => {
      const { trip } = shift.value
      if (!trip) return
      seen.value = { tag: trip.tag, lines: heardIn() }
      void store.set(READ, seen.value).catch(report)
    },
    stop,
  }
}
