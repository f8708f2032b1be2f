import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { greatCircleM, type LngLat, shifted } from '@hexhail/protocol/geo.ts'
import { fromHex } from '@hexhail/protocol/hex.ts'
import type { RidePlan, TripRules } from '@hexhail/protocol/rider-state.ts'
import { receiptDigest } from '@hexhail/protocol/typed-data.ts'
import type { Seeded } from '../seeded.ts'
import { createAir, type Mishap } from './air.ts'
import { createChainAccess } from './chain.ts'
import { createDisk } from './disk.ts'
import { createSimDriver, type SimDriver } from './driver.ts'
import { startEpochs } from './epochs.ts'
import { startKeeper } from './keeper.ts'
import { accountOf, createKeyRing, walletSignature } from './keys.ts'
import { createLedger } from './ledger.ts'
import { judge, watchPlaces } from './oracles.ts'
import { plantedVault } from './planted-vault.ts'
import { createProcess } from './process.ts'
import { createSimRider, type SimRider } from './rider.ts'
import { type Book, createDigests, type Stage } from './stage.ts'
import { startStranger } from './stranger.ts'
import { CALM, FAULTS, type Fault, swarmRates } from './swarm.ts'
import { unleash } from './trouble.ts'
import { createWorld } from './world.ts'

/** What to simulate. */
export interface RunInit {
  readonly seed: number
  readonly trips: number
  /** No fault at all, or none of these kinds. */
  readonly calm?: boolean
  readonly without?: ReadonlySet<Fault>
  /** New faults come until then; everything must close afterwards. Minutes. */
  readonly chaosMin?: number
  readonly bugs?: ReadonlySet<string>
  readonly trace?: (atMs: number, what: string) => void
  /** Rides are given in epochs, and change hands before pickup. */
  readonly epochs?: boolean
  /** Rides as planned: nobody leaves early or changes his mind. */
  readonly plain?: boolean
  /** Brings in troubles of its own. */
  readonly plot?: (scene: Scene) => void
}

/** What a plot can act on. */
export interface Scene extends Pick<Stage, 'world' | 'air' | 'chain' | 'ledger'> {
  readonly riders: readonly SimRider[]
  readonly drivers: readonly SimDriver[]
  /** What befalls messages from now on. */
  befall(fault: 'drop' | 'dup' | 'late', chance: number): void
}

/** What came of it. */
export interface RunResult {
  readonly seed: number
  readonly trips: number
  readonly hash: string
  readonly events: number
  readonly faults: Readonly<Record<Fault, number>>
  readonly ends: Readonly<Record<string, number>>
  /** How the money of each rider ended: the last fact of his last trip, or none. */
  readonly money: readonly string[]
  /** Rides that another driver took over. */
  readonly handovers: number
  readonly violations: readonly string[]
}

const START_MS = 1_795_000_000_000
const CENTRE: LngLat = [-56.17, -34.9]
const AUTHORITY = `0x${'a1'.repeat(20)}` as const
const RULES: TripRules = {
  domain: { chainId: 31_337, vault: `0x${'b2'.repeat(20)}` },
  tariffId: 1,
  tariff: demoTariff(AUTHORITY),
  timeScale: 1,
}
const PURSE = 200_000_000n
const BLOCK_MS = 4_000
/** Riders to one driver. */
const RIDERS_A_DRIVER = 1.6
/** All requests are made in the first minutes, ms. */
const SPREAD_MS = 300_000
const CHAOS_MIN = 25
/** After the chaos people look as often as before for so long, ms. */
const LATE_MS = 900_000
/** A contested case takes 15 days at the most. */
const END_MS = 16 * 86_400_000

/** Simulates one seed to its end. */
export async function runSeed(init: RunInit): Promise<RunResult> {
  const { seed, trips } = init
  const world = createWorld(seed, START_MS, init.trace)
  const lots = world.stream('lots')
  const rates: Record<Fault, number> = init.calm
    ? { ...CALM }
    : swarmRates(world.stream('swarm'), init.without)
  const healAtMs = START_MS + (init.chaosMin ?? CHAOS_MIN) * 60_000
  const faults = Object.fromEntries(FAULTS.map(fault => [fault, 0])) as Record<Fault, number>
  const chance = world.stream('chance')
  const meets = (fault: Fault): boolean => {
    if (world.now() >= healAtMs || rates[fault] === 0 || chance.next() >= rates[fault]) return false
    faults[fault]++
    return true
  }
  const mishap = (): Mishap => (meets('drop') ? 'drop' : meets('dup') ? 'dup' : meets('late') ? 'late' : null)

  const names = Array.from({ length: trips }, (_, i) => `rider${i + 1}`)
  const book: Book = {
    terms: new Map(),
    foreign: new Map(),
    receipts: new Map(),
    violations: [],
    started: new Set(),
    kept: new Map(),
  }
  const keys = createKeyRing()
  const rules = {
    tariff: RULES.tariff,
    termsOf: (digest: `0x${string}`) => book.terms.get(digest) ?? book.foreign.get(digest)!,
  }
  const balances = new Map(names.map(name => [accountOf(name), PURSE]))
  const ledger = createLedger(world, world.stream('ledger'), balances, rules, plantedVault(init.bugs))
  const digestOf = createDigests(RULES)
  const chain = createChainAccess(
    world,
    world.stream('chain'),
    ledger,
    rules,
    {
      digestOf,
      isTermsSigned: (terms, signature) => signature === walletSignature(terms.rider, digestOf(terms)),
      isReceiptSigned: (terms, receipt, signature) =>
        keys.isReceiptSigned(terms.session, receiptDigest(RULES.domain, receipt), fromHex(signature)),
    },
    () => meets('txLost'),
    healAtMs + LATE_MS,
    init.bugs?.has('cursorOutside') ?? false,
  )
  const air = createAir(world, world.stream('air'), mishap)
  const stage: Stage = {
    world,
    rules: RULES,
    air,
    ledger,
    chain,
    keys,
    tags: new Map(),
    book,
    lateMs: healAtMs + LATE_MS,
    bugs: init.bugs ?? new Set(),
  }
  const device = (name: string) => {
    const process = createProcess(world, name)
    const seeded = world.stream(name)
    return { name, process, disk: createDisk(world, process, seeded), seeded }
  }
  const riders: SimRider[] = names.map((name, i) => {
    const made = device(name)
    const whims = {
      leaves:
        lots.below(6) === 0 && !init.plain
          ? {
              phase: lots.pick(['offered', 'selected', 'held', 'held', 'arrived'] as const),
              afterMs: lots.below(90_000),
            }
          : null,
      stopsHere: !init.plain && lots.below(10) === 0,
      changes: !init.plain && lots.below(10) === 0,
      tips: !init.plain && lots.below(4) === 0,
      contests: !init.plain && lots.below(3) === 0,
      stays: !init.plain && world.stream(`${name} stays`).below(12) === 0,
      closes: world.stream(`${name} closes`).below(2) === 0,
    }
    return createSimRider(stage, { ...made, plan: somePlan(lots, i), whims })
  })
  const drivers: SimDriver[] = Array.from({ length: Math.ceil(trips / RIDERS_A_DRIVER) + 1 }, (_, i) =>
    createSimDriver(stage, { ...device(`driver${i + 1}`), start: somePlace(lots, 1_200) }),
  )
  if (init.epochs) startEpochs(world, riders, drivers, healAtMs + LATE_MS)
  startStranger(world, world.stream('stranger'), ledger, book, digestOf)
  startKeeper(stage, createProcess(world, 'keeper'), riders)
  watchPlaces(stage, riders)
  for (const { process } of drivers) process.start()
  for (const { process } of riders) world.after(1_000 + lots.below(SPREAD_MS), () => process.start())
  unleash({
    stage,
    people: [...riders, ...drivers],
    rates,
    healAtMs,
    faults,
    seeded: world.stream('trouble'),
    meets,
  })
  init.plot?.({
    world,
    air,
    chain,
    ledger,
    riders,
    drivers,
    befall: (fault, share) => {
      rates[fault] = share
    },
  })
  const slot = (): void => {
    world.after(BLOCK_MS, () => {
      slot()
      const isStale = world.now() - ledger.head().timestampS * 1000 > 60_000 && world.now() < healAtMs
      if (ledger.waiting() === 0 && !isStale) return false
      ledger.mine()
    })
  }
  slot()
  const isOver = () =>
    world.now() > healAtMs &&
    riders.every(rider => rider.isDone() || rider.process.isDead()) &&
    drivers.every(driver => driver.isDone() || driver.process.isDead()) &&
    allClosed()
  const allClosed = () =>
    names.every(name => {
      const { lanes, cases } = ledger.vault(accountOf(name))
      return Object.keys(cases).length === 0 && Object.values(lanes).every(lane => lane.held === 0n)
    })
  let checkedAtMs = 0
  let wasOver = false
  await world.run(START_MS + END_MS, () => {
    if (world.now() - checkedAtMs < 20_000) return wasOver
    checkedAtMs = world.now()
    wasOver = isOver()
    return wasOver
  })
  const { violations, ends, money } = judge(stage, { riders, drivers, purse: PURSE })
  let handovers = 0
  for (let n = 1; n <= ledger.head().number; n++) {
    const { facts } = ledger.at(n)!
    for (const [i, { fact, txHash }] of facts.entries())
      if (fact === 'released' && facts[i + 1]?.txHash === txHash) handovers++
  }
  return { seed, trips, hash: world.hash(), events: world.events, faults, ends, money, handovers, violations }
}

const somePlace = (lots: Seeded, radiusM: number): LngLat =>
  shifted(CENTRE, (lots.next() * 2 - 1) * radiusM, (lots.next() * 2 - 1) * radiusM)

function somePlan(lots: Seeded, i: number): RidePlan {
  const pickup = somePlace(lots, 1_000)
  const dest = shifted(pickup, 800 + lots.below(1_500), 800 + lots.below(1_000))
  const metres = Math.ceil(greatCircleM(pickup, dest))
  return {
    pickup,
    pickupName: `CANARY-${i}-PICKUP`,
    dest,
    destName: `CANARY-${i}-DEST`,
    metres,
    secs: Math.ceil(metres / 10),
    seats: 1,
    needs: 0,
    pickupAtMs: 0,
    riderName: `Rider ${i}`,
  }
}
