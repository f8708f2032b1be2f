import type { DirectAttempt, DirectDialer } from '@hexhail/net/direct-dialer.ts'
import type { Link } from '@hexhail/net/ports.ts'
import type { DirectCard } from '@hexhail/net/session-description.ts'

/** A world in which devices reach each other straight, in memory, or not at all. */
export interface Straight {
  dialer(): DirectDialer
  /** Addresses told so far: a card each. */
  readonly told: DirectCard[]
  /** Whether connections come about. */
  open: boolean
  /** Breaks those there are. */
  cut(): void
}

export function createStraight(): Straight {
  const making = new Map<string, { meet(end: Link): void }>()
  const ends = new Set<Link>()
  let count = 0
  const newCard = (): DirectCard => ({
    ufrag: `user${String(count++).padStart(4, '0')}`,
    pwd: 'p'.repeat(24),
    fingerprint: new Uint8Array(32).fill(count),
    candidates: [`host 1 192.0.2.${count} 5000`],
  })
  const attempt = (onAccept: (card: DirectCard, mine: DirectCard) => void) => {
    const card = newCard()
    const link = Promise.withResolvers<Link>()
    link.promise.catch(() => {})
    straight.told.push(card)
    making.set(card.ufrag, { meet: link.resolve })
    const made: DirectAttempt = {
      card,
      link: link.promise,
      accept: async theirs => onAccept(theirs, card),
      close: () => {
        making.delete(card.ufrag)
        link.reject(new Error('closed'))
      },
    }
    return made
  }
  const join = (one: DirectCard, other: DirectCard): void => {
    const [near, far] = [making.get(one.ufrag), making.get(other.ufrag)]
    if (!straight.open || !near || !far) return
    const [a, b] = linkedPair()
    for (const end of [a, b]) ends.add(end)
    near.meet(a)
    far.meet(b)
  }
  const straight: Straight = {
    told: [],
    open: true,
    cut: () => {
      for (const end of ends) void end.close()
      ends.clear()
    },
    dialer: () => ({
      offer: async () => attempt(join),
      answer: async () => attempt(() => {}),
    }),
  }
  return straight
}

/** Two ends of one link in memory. */
export function linkedPair(): [Link, Link] {
  const sides = [0, 1].map(() => ({
    onFrame: undefined as ((frame: Uint8Array) => void) | undefined,
    waiting: [] as Uint8Array[],
    closers: [] as (() => void)[],
  }))
  let isOpen = true
  const over = (): void => {
    if (!isOpen) return
    isOpen = false
    for (const side of sides) for (const fn of side.closers.splice(0)) queueMicrotask(fn)
  }
  const end = (own: number): Link => {
    const [here, there] = [sides[own]!, sides[1 - own]!]
    return {
      remotePeer: '',
      direction: 'outbound',
      isDirect: true,
      send: async frame => {
        if (!isOpen) throw new Error('closed')
        queueMicrotask(() => (there.onFrame ? there.onFrame(frame) : there.waiting.push(frame)))
      },
      onFrame: fn => {
        here.onFrame = fn
        for (const frame of here.waiting.splice(0)) fn(frame)
      },
      onClose: fn => void (isOpen ? here.closers.push(fn) : fn()),
      close: async () => over(),
    }
  }
  return [end(0), end(1)]
}
