import { type Signal, signal } from '@preact/signals'

/** Calls the driver: a sound and a shake. Browsers let a page sound only after the first tap. */
export interface Alarm {
  readonly muted: Signal<boolean>
  /** Lets the page sound from now on; call it from a tap. */
  unlock(): void
  /** A request, a rider's word, or something that has to be seen now. */
  call(kind: 'hail' | 'word' | 'urgent'): void
}

/** Notes of each call, Hz, one after the other; each lasts `NOTE_S`. */
const NOTES = { hail: [660, 880, 660, 880], word: [740], urgent: [880, 660, 520] } as const
const SHAKES = { hail: [120, 80, 120], word: [60], urgent: [250, 100, 250] } as const
const NOTE_S = 0.14

/** The alarm of a page; `remember` keeps the choice to be silent. */
export function createAlarm(muted: boolean, remember: (muted: boolean) => void): Alarm {
  const quiet = signal(muted)
  quiet.subscribe(remember)
  let context: AudioContext | null = null
  return {
    muted: quiet,
    unlock: () => {
      if (typeof AudioContext === 'undefined') return
      context ??= new AudioContext()
      void context.resume().catch(() => undefined)
    },
    call: kind => {
      if (quiet.value) return
      globalThis.navigator?.vibrate?.([...SHAKES[kind]])
      if (context?.state === 'running') play(context, NOTES[kind])
    },
  }
}

function play(context: AudioContext, notes: readonly number[]): void {
  notes.forEach((hertz, n) => {
    const from = context.currentTime + n * NOTE_S
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'triangle'
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(0.35, from + 0.015)
    volume.gain.exponentialRampToValueAtTime(0.001, from + NOTE_S)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + NOTE_S)
  })
}
