import type { PeerId, Transport } from '@libp2p/interface'

interface Store extends EventTarget {
  hasReservation(relay: PeerId): boolean
  addRelay(relay: PeerId, type: string): Promise<unknown>
}

/** Which relays hold a reservation for us: libp2p knows it, and tells only address managers. */
export class ReservationBook {
  #store: Store | undefined
  readonly #isConnected: (relay: PeerId) => boolean
  readonly #watchers: (() => void)[] = []

  constructor(isConnected: (relay: PeerId) => boolean) {
    this.#isConnected = isConnected
  }

  /**
   * Watches the reservations of a circuit transport, and has it neither dial relays (a dead one would hold up its queue for
   * ten seconds; dialling is the keeper's) nor give one up for good.
   */
  watch(transport: Transport): Transport {
    const store = (transport as Transport & { reservationStore: Store }).reservationStore
    // After one failed dial the store would refuse the relay also when it is back.
    Object.defineProperty(store, 'relayFilter', {
      get: () => ({ has: () => false, add: () => {} }),
      set: () => {},
    })
    const addRelay = store.addRelay.bind(store)
    store.addRelay = async (relay, type) => {
      if (!this.#isConnected(relay)) throw new Error('Not connected to the relay.')
      return addRelay(relay, type)
    }
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

  /** Asks a relay that we are connected to once more: libp2p asks it only when it meets it. */
  ask(relay: PeerId): void {
    if (!this.has(relay)) void this.#store?.addRelay(relay, 'discovered').catch(() => {})
  }

  onChange(fn: () => void): void {
    this.#watchers.push(fn)
  }
}
