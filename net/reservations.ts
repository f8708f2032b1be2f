import type { PeerId, Transport } from '@libp2p/interface'

interface Store extends EventTarget {
  hasReservation(relay: PeerId): boolean
}

/** Which relays hold a reservation for us: libp2p knows it, and tells only address managers. */
export class ReservationBook {
  #store: Store | undefined
  readonly #watchers: (() => void)[] = []

  /** Watches the reservations of a circuit transport, and has it never give up a relay for good. */
  watch(transport: Transport): Transport {
    const store = (transport as Transport & { reservationStore: Store }).reservationStore
    // After one failed dial the store would refuse the relay also when it is back.
    Object.defineProperty(store, 'relayFilter', {
      get: () => ({ has: () => false, add: () => {} }),
      set: () => {},
    })
    const tell = (): void => {
      // The store's own table is written just before or just after the event.
      queueMicrotask(() => this.#watchers.forEach(fn => void fn()))
    }
    store.addEventListener('relay:created-reservation', tell)
    store.addEventListener('relay:removed', tell)
    this.#store = store
    return transport
  }

  has(relay: PeerId): boolean {
    return this.#store?.hasReservation(relay) ?? false
  }

  onChange(fn: () => void): void {
    this.#watchers.push(fn)
  }
}
