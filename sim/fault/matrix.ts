import type { Process } from './process.ts'
import { type RunResult, runSeed, type Scene } from './run.ts'

/** Where a trip stands when the fault comes, in the order of the table's columns. */
const PHASES = ['A', 'B', 'C', 'D', 'E', 'F'] as const

/** A phase of the failure matrix: request · hold sent · held · driving · ended · closed. */
type Phase = (typeof PHASES)[number]

/** Rider's states that begin a phase. */
const BEGINS: Readonly<Record<Phase, string>> = {
  A: 'requested',
  B: 'selected',
  C: 'held',
  D: 'riding',
  E: 'finished',
  F: 'settled',
}

/** One row of the matrix: what breaks, and how the money may end by phase. */
interface Row {
  readonly id: string
  readonly name: string
  readonly strike: (scene: Scene, rider: Process, driver: Process) => void
  /** `s` settled, `b` back to the rider or closed alone, `n` never held; by phase A to F. */
  readonly ends: readonly string[]
}

const both = (act: (process: Process) => void) => (_: Scene, rider: Process, driver: Process) => {
  act(rider)
  act(driver)
}
const DOWN_MS = 20_000
const SHORT_MS = 1_000
const OUT_MS = 600_000

/** The failure matrix: 16 faults by 6 phases. */
const ROWS: readonly Row[] = [
  {
    id: 'F1',
    name: 'rider tab killed',
    strike: (_, rider) => rider.crash(DOWN_MS),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F2',
    name: 'driver tab killed',
    strike: (_, __, driver) => driver.crash(DOWN_MS),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F3',
    name: 'both pages reloaded',
    strike: both(process => process.crash(SHORT_MS)),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F4',
    name: 'driver offline 30 s',
    strike: ({ air }, _, driver) => {
      driver.unplug(30_000)
      driver.after(30_001, () => air.wake(driver))
    },
    ends: ['s', 'ns', 's', 's', 's', 's'], // the chain is as far as the rider: not held
  },
  {
    id: 'F5',
    name: 'driver gone for ever',
    strike: (_, __, driver) => driver.die(),
    ends: ['ns', 'nb', 'b', 'b', 'b', 's'],
  },
  {
    id: 'F6',
    name: 'rider gone for ever',
    strike: (_, rider) => rider.die(),
    ends: ['n', 'nb', 'b', 'sb', 'sb', 's'],
  },
  {
    id: 'F7',
    name: 'relay killed',
    strike: ({ air, world }, rider, driver) => {
      air.cut(rider)
      air.cut(driver)
      air.partition(new Set([rider]), world.now() + 5_000)
    },
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F8',
    name: 'chain RPC down',
    strike: ({ chain, world }) => chain.down(world.now() + 180_000),
    // Mined, but seen by nobody before the request was over: given back.
    ends: ['ns', 'nsb', 's', 's', 's', 's'],
  },
  {
    id: 'F9',
    name: 'reorg of 12',
    strike: ({ ledger }) => void ledger.reorg(12, () => false),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F10',
    name: 'clocks 30 s apart',
    strike: (_, rider, driver) => {
      rider.skew(15_000)
      driver.skew(-15_000)
    },
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F11',
    name: 'duplicate, reordered, late',
    strike: ({ befall }) => {
      befall('dup', 0.3)
      befall('late', 0.3)
    },
    ends: ['sbn', 'sb', 'sb', 'sb', 's', 's'],
  },
  {
    id: 'F12',
    name: 'storage quota exceeded',
    strike: ({ riders, drivers, world }) => {
      for (const { disk } of [...riders, ...drivers]) disk.fill(world.now() + 3_600_000)
    },
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F13',
    name: 'second tab takes over',
    strike: (_, rider) => rider.crash(SHORT_MS),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F14',
    name: 'matcher crash: none is needed',
    strike: () => {},
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F15',
    name: 'what follows the chain starts anew',
    strike: (_, __, driver) => driver.crash(SHORT_MS),
    ends: ['s', 's', 's', 's', 's', 's'],
  },
  {
    id: 'F16',
    name: 'both crash, relay and RPC down 10 min',
    strike: ({ air, chain, world }, rider, driver) => {
      chain.down(world.now() + OUT_MS)
      air.partition(new Set([rider]), world.now() + OUT_MS)
      rider.crash(OUT_MS)
      driver.crash(OUT_MS)
    },
    ends: ['ns', 'nsb', 'sb', 'sb', 's', 's'],
  },
]

/** A cell of the matrix as a case to run. */
interface Cell {
  readonly name: string
  run(
    trace?: (atMs: number, what: string) => void,
  ): Promise<{ readonly result: RunResult; readonly end: string; readonly isGood: boolean }>
}

/** How money ended, in the table's letters. */
const LETTERS: Readonly<Record<string, string>> = { settled: 's', none: 'n', released: 'b', closed: 'b' }

/** The 96 cells. */
export const cells = (): Cell[] =>
  ROWS.flatMap(({ id, name, strike, ends }, row) =>
    PHASES.map((phase, column) => ({
      name: `${id} ${name}, in phase ${phase}`,
      run: async trace => {
        let isStruck = false
        const result = await runSeed({
          seed: 1_000 + row * PHASES.length + column,
          trips: 1,
          plain: true,
          calm: true,
          chaosMin: 25,
          ...(trace && { trace }),
          plot: scene => {
            const [rider] = scene.riders
            const look = (): void =>
              void scene.world.after(300, () => {
                const trip = rider?.trip()
                if (trip?.phase !== BEGINS[phase]) return look()
                const driver =
                  scene.drivers.find(({ account }) => account === trip.terms?.driver) ?? scene.drivers[0]!
                isStruck = true
                strike(scene, rider!.process, driver.process)
              })
            look()
          },
        })
        const end = LETTERS[result.money[0]!] ?? '?'
        return {
          result,
          end,
          isGood: isStruck && result.violations.length === 0 && ends[column]!.includes(end),
        }
      },
    })),
  )
