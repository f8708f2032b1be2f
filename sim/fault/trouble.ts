import type { Seeded } from '../seeded.ts'
import type { FaultyDisk } from './disk.ts'
import type { Process } from './process.ts'
import type { Stage } from './stage.ts'
import type { Fault, Rates } from './swarm.ts'

/** What the troubles of a run act on. */
export interface TroubleInit {
  readonly stage: Stage
  readonly people: readonly { readonly process: Process; readonly disk: FaultyDisk }[]
  readonly rates: Rates
  readonly healAtMs: number
  /** Counted here. */
  readonly faults: Record<Fault, number>
  readonly seeded: Seeded
  readonly meets: (fault: Fault) => boolean
}

/** A chain never takes back more blocks than this. */
const DEEPEST = 12

/** Plans the troubles that come by themselves: everything but what befalls single messages and transactions. */
export function unleash({ stage, people, rates, healAtMs, faults, seeded, meets }: TroubleInit): void {
  const { world, air, chain, ledger } = stage
  const spanMs = healAtMs - world.now()
  /** So many times on the average, each at any moment of the chaos. */
  const times = (fault: Fault, run: (leftMs: number) => void, share = 1): void => {
    let count = Math.floor(-Math.log(1 - seeded.next()) * rates[fault] * share)
    if (count === 0 && seeded.next() < (rates[fault] * share) / 2) count = 1
    for (; count > 0; count--) {
      world.after(seeded.next() * spanMs, () => {
        faults[fault]++
        run(healAtMs - world.now())
      })
    }
  }
  const forMs = (leftMs: number, mostMs: number) => Math.min(leftMs, 1_000 + seeded.below(mostMs))
  for (const { process, disk } of people) {
    if (meets('skew')) process.skew(Math.round((seeded.next() * 2 - 1) * 30_000))
    times('crash', leftMs => process.crash(forMs(leftMs, 40_000)))
    times('freeze', leftMs => process.freeze(forMs(leftMs, 60_000)))
    times('offline', leftMs => {
      const ms = forMs(leftMs, 90_000)
      process.unplug(ms)
      process.after(ms + 1, () => air.wake(process))
    })
    times('cut', () => air.cut(process))
    times('slowDisk', leftMs => disk.slow(world.now() + forMs(leftMs, 120_000), 500))
    times('quota', leftMs => disk.fill(world.now() + forMs(leftMs, 300_000)))
    times('rpcDown', leftMs => chain.down(world.now() + forMs(leftMs, 180_000), process), 0.5)
    if (meets('die')) world.after(seeded.next() * spanMs, () => process.die())
  }
  times('rpcDown', leftMs => chain.down(world.now() + forMs(leftMs, 120_000)), 2)
  times(
    'partition',
    leftMs => {
      const side = new Set(people.filter(() => seeded.below(2) === 0).map(({ process }) => process))
      air.partition(side, world.now() + forMs(leftMs, 90_000))
    },
    people.length / 4,
  )
  times(
    'reorg',
    () => {
      const depth = 1 + seeded.below(DEEPEST)
      ledger.reorg(depth, () => meets('txLost'))
      world.note(`reorg ${depth}`)
    },
    people.length / 2,
  )
}
