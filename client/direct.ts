import type { Link } from '@hexhail/net/ports.ts'
import { createUpgrade, type DirectWord, type Upgrade } from '@hexhail/net/upgrade.ts'
import type { Role } from '@hexhail/protocol/delegation.ts'
import type { Direct } from '@hexhail/protocol/messages.ts'
import { CASES, MONEY, type TripState } from '@hexhail/protocol/trip.ts'
import { type ReadonlySignal, signal } from '@preact/signals-core'
import type { DirectPorts } from './ports.ts'

/** The way without relays of one session: of one conversation at a time, and only while its person allows it. */
export interface DirectWay {
  /** Names the conversation that may; null for none. */
  allow(tag: string | null): void
  linked(tag: string): void
  hear(tag: string, word: Direct): void
  /** The conversation that goes without relays now. */
  readonly tag: ReadonlySignal<string | null>
  stop(): void
}

/** What it needs of the session's conversations. */
export interface DirectInit {
  readonly ports: DirectPorts | undefined
  readonly role: Role
  readonly now: () => number
  readonly tell: (tag: string, word: Direct) => void
  readonly join: (tag: string, link: Link) => void
  readonly isLinked: (tag: string) => boolean
}

const STEPS = ['willing', 'offer', 'answer'] as const
const NO_CARD = { ufrag: '', pwd: '', fingerprint: new Uint8Array(32), candidates: [] }

/** Whether two people may see each other's internet address: money is held, and the driver knows where to come. */
export const mayGoDirect = (phase: TripState, told: boolean): boolean =>
  told && MONEY.has(phase) && !CASES.has(phase)

/** Makes it; where the device has no such way it never does anything. */
export function createDirect({ ports, role, now, tell, join, isLinked }: DirectInit): DirectWay {
  const tag = signal<string | null>(null)
  let allowed: string | null = null
  let upgrade: { readonly tag: string; readonly way: Upgrade } | null = null

  const settle = (): void => {
    const wanted = ports?.allowed.value ? allowed : null
    if (wanted === (upgrade?.tag ?? null)) return
    upgrade?.way.stop()
    upgrade = wanted !== null && ports ? { tag: wanted, way: begin(wanted, ports) } : null
    if (upgrade && isLinked(upgrade.tag)) upgrade.way.linked()
  }
  const begin = (mine: string, { dialer }: DirectPorts): Upgrade =>
    createUpgrade({
      role: role === 'rider' ? 'offers' : 'answers',
      dialer,
      now,
      tell: word => tell(mine, bodyOf(word)),
      join: link => join(mine, link),
      onDirect: isDirect => {
        tag.value = isDirect ? mine : null
      },
    })
  const unsubscribe = ports?.allowed.subscribe(settle)
  return {
    allow: next => {
      allowed = next
      settle()
    },
    linked: each => {
      if (upgrade?.tag === each) upgrade.way.linked()
    },
    hear: (each, body) => {
      const word = upgrade?.tag === each ? wordOf(body) : null
      if (word) upgrade?.way.hear(word)
    },
    tag,
    stop: () => {
      unsubscribe?.()
      upgrade?.way.stop()
      upgrade = null
    },
  }
}

const bodyOf = (word: DirectWord): Direct =>
  word.step === 'willing'
    ? { step: 0, round: 0, ...NO_CARD }
    : { step: STEPS.indexOf(word.step), round: word.round, ...word.card }

function wordOf({ step, round, ...card }: Direct): DirectWord | null {
  const name = STEPS[step]
  if (name === undefined) return null
  return name === 'willing' ? { step: name } : { step: name, round, card }
}
