import type { World } from './world.ts'

/** A device with one program on it: it can crash, freeze, lose the network or be gone for ever. */
export interface Process {
  readonly name: string
  /** True while the program runs and its device is not frozen. */
  isUp(): boolean
  isDead(): boolean
  /** True while its messages get out. */
  isOnline(): boolean
  /** The device's own clock. */
  now(): number
  /** Runs later, while the same life of the program lasts; a frozen device does it when it wakes. */
  after(ms: number, run: () => unknown): () => void
  every(ms: number, run: () => unknown): () => void
  /** Runs when the program starts, and again after each crash; what it returns ends that life. */
  onStart(start: () => Promise<() => void>): void
  start(): void
  crash(downMs: number): void
  freeze(ms: number): void
  unplug(ms: number): void
  die(): void
  /** Shifts the device's clock. */
  skew(ms: number): void
  /** Counts lives: what an earlier life began must not act in a later one. */
  readonly life: number
}

/** Makes a device that is switched off. */
export function createProcess(world: World, name: string): Process {
  let life = 0
  let isRunning = false
  let isGone = false
  let frozenUntilMs = 0
  let offlineUntilMs = 0
  let skewMs = 0
  let boot: () => Promise<() => void> = async () => () => {}
  let stop: () => void = () => {}

  const begin = async (): Promise<void> => {
    const mine = ++life
    isRunning = true
    const end = await boot()
    if (life === mine) stop = end
    else end()
  }
  const end = (): void => {
    life++
    isRunning = false
    stop()
    stop = () => {}
  }
  const after = (ms: number, run: () => unknown): (() => void) => {
    const mine = life
    let cancel = () => {}
    const fire = (): unknown => {
      if (life !== mine) return false
      const waitMs = frozenUntilMs - world.now()
      if (waitMs <= 0) return run()
      cancel = world.after(waitMs, fire)
      return false
    }
    cancel = world.after(ms, fire)
    return () => cancel()
  }
  const process: Process = {
    name,
    isUp: () => isRunning && world.now() >= frozenUntilMs,
    isDead: () => isGone,
    isOnline: () => isRunning && world.now() >= offlineUntilMs && world.now() >= frozenUntilMs,
    now: () => world.now() + skewMs,
    after,
    every: (ms, run) => {
      let cancel = () => {}
      const again = () => {
        cancel = after(ms, () => {
          again()
          return run()
        })
      }
      again()
      return () => cancel()
    },
    onStart: start => {
      boot = start
    },
    start: () => void begin(),
    crash: downMs => {
      if (isGone || !isRunning) return
      end()
      world.note(`${name} crashes`)
      world.after(downMs, () => {
        if (isGone || isRunning) return false
        frozenUntilMs = 0
        world.note(`${name} is back`)
        void begin()
      })
    },
    freeze: ms => {
      frozenUntilMs = Math.max(frozenUntilMs, world.now() + ms)
    },
    unplug: ms => {
      offlineUntilMs = Math.max(offlineUntilMs, world.now() + ms)
    },
    die: () => {
      if (isGone) return
      isGone = true
      if (isRunning) end()
      world.note(`${name} is gone for ever`)
    },
    skew: ms => {
      skewMs = ms
    },
    get life() {
      return life
    },
  }
  return process
}
