import { createDeskClient } from '@hexhail/audit/desk-client.ts'
import { createFollower } from '@hexhail/chain/follower.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { PermitWallet } from '@hexhail/client/permit-wallet.ts'
import { lazyCardReader, lazyConcessionReader, lazyPermitWallet } from '@hexhail/client/permits-of.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import { createMemoryStore } from '@hexhail/client/store.ts'
import { openTariff, ruledBy } from '@hexhail/client/tariff-document.ts'
import { createLeaf } from '@hexhail/net/leaf.ts'
import type { Application } from '@hexhail/permits/application.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import type { LngLat } from '@hexhail/protocol/geo.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { AsyncCity } from '@hexhail/streets/city-client.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { createDriverBot, type DriverBot } from './driver-bot.ts'
import { createRiderBot, type RiderBot } from './rider-bot.ts'
import { createSeeded } from './seeded.ts'

/** How many simulated people, and by which seed. */
export interface FleetInit {
  readonly config: AppConfig
  readonly city: AsyncCity
  readonly drivers: number
  readonly riders: number
  readonly seed: number
  /** A random place on a street, by a number in [0, 1). */
  readonly place: (next: () => number) => LngLat
  readonly report: (error: unknown) => void
  readonly onReady?: (ready: { drivers: number; riders: number }) => void
  /** Seconds between two rides of a simulated rider. */
  readonly pauseS?: number
}

/** Simulated drivers and riders on the real network and the real chain. */
export interface Fleet {
  readonly drivers: readonly DriverBot[]
  readonly riders: readonly RiderBot[]
  stop(): Promise<void>
}

const NAMES = [
  'Bruno',
  'Lucía',
  'Martín',
  'Sofía',
  'Diego',
  'Valentina',
  'Nicolás',
  'Camila',
  'Joaquín',
  'Paula',
  'Andrés',
  'Elena',
]
const CARS = [
  'BYD Dolphin, white',
  'Chevrolet Onix, grey',
  'Fiat Cronos, blue',
  'Toyota Corolla, silver',
  'Renault Logan, red',
  'JAC E10X, green',
]
/** Peers that start at once: each makes a few handshakes with every relay. */
const ABREAST = 6
const RIDER_MONEY = 200_000_000n

/** Starts the fleet; resolves when all are online. */
export async function createFleet(init: FleetInit): Promise<Fleet> {
  const { config, city, seed, report } = init
  const now = () => Date.now()
  const random = (size: number) => crypto.getRandomValues(new Uint8Array(size))
  const every = (ms: number, run: () => void) => {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  }
  const { chainId, rpcUrl, contracts } = config
  const chain = { chainId, rpcUrl, contracts }
  const reader = createReader(chain)
  const follower = createFollower({ config: chain })
  const tariff = await reader.tariff(config.tariffId)
  const source = { store: createMemoryStore(), url: config.auditUrl, chainId, fetch }
  const rules: TripRules = {
    domain: { chainId, vault: contracts.vault },
    tariffId: config.tariffId,
    tariff,
    ...ruledBy(await openTariff(source, tariff)),
    ...(config.idleCredit && { idleCredit: config.idleCredit }),
    timeScale: config.speed,
  }
  const audit = createDeskClient(config.auditUrl, fetch)

  const portsOf = async (key: Hex): Promise<ClientPorts & { permit: PermitWallet }> => {
    const wallet = walletFromKey(key)
    const leaf = await createLeaf({
      relays: config.relays,
      validate: gossipValidator(chainId, now),
      authorOf,
      now,
      random: Math.random,
    })
    const store = createMemoryStore()
    const permits = { config, reader, rules, store, fetch, now, random, report }
    return {
      readCard: lazyCardReader(permits),
      permit: lazyPermitWallet(permits, wallet),
      readConcession: lazyConcessionReader(permits),
      chainId,
      leaf,
      reader,
      writer: wallet.writer(chain),
      follower,
      signer: wallet,
      store,
      city,
      rules,
      now,
      random,
      every,
      report,
      audit,
    }
  }
  const ask = async (path: string, body: object) => {
    const answer = await fetch(`${config.faucetUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) throw new Error(`The faucet answered ${answer.status} to ${path}: ${await answer.text()}`)
  }

  const driverOf = async (i: number): Promise<DriverBot> => {
    const seeded = createSeeded(seed * 7_919 + i)
    const ports = await portsOf(keyOf(seed, 'driver', i))
    const driver = ports.signer.address
    const who = {
      name: seeded.pick(NAMES),
      car: seeded.pick(CARS),
      plate: `S${String.fromCharCode(65 + seeded.below(26))}X ${1000 + seeded.below(9000)}`,
    }
    if ((await reader.coinBalance(driver)) === 0n) await ask('/faucet', { address: driver })
    // A fleet keeps nothing on disk: each start applies anew, and the office ends the permit before.
    await ports.permit.apply(applicationOf(who, driver))
    const { state, reason } = (await ports.permit.look())!
    if (state !== 'granted' && state !== 'issued') throw new Error(`The office said ${state} (${reason}).`)
    return createDriverBot({ ports, ...who, start: init.place(seeded.next), seeded })
  }
  const riderOf = async (i: number): Promise<RiderBot> => {
    const seeded = createSeeded(seed * 104_729 + i)
    const ports = await portsOf(keyOf(seed, 'rider', i))
    const { address } = ports.signer
    const { free } = await reader.account(address)
    if (free < RIDER_MONEY / 4n) {
      if ((await reader.tokenBalance(address)) === 0n) await ask('/faucet', { address })
      const purse = await reader.tokenBalance(address)
      await ports.writer.deposit(purse < RIDER_MONEY ? purse : RIDER_MONEY)
    }
    return createRiderBot({
      ports,
      name: seeded.pick(NAMES),
      seeded,
      place: () => init.place(seeded.next),
      pauseS: init.pauseS ?? 60,
    })
  }
  const drivers = await abreast(init.drivers, driverOf, report)
  const riders = await abreast(init.riders, riderOf, report)
  init.onReady?.({ drivers: drivers.length, riders: riders.length })

  return {
    drivers,
    riders,
    stop: async () => {
      await Promise.allSettled([...drivers, ...riders].map(bot => bot.stop()))
      await follower[Symbol.asyncDispose]()
    },
  }
}

/** What a simulated driver applies with. */
function applicationOf(who: { name: string; car: string; plate: string }, driver: Hex): Application {
  const [make = '', model = '', colour = ''] = who.car.split(/, | (?=\S+,)/)
  return {
    name: who.name,
    licence: `SIM-${driver.slice(2, 10)}`,
    photo: '',
    car: {
      ...{ plate: who.plate, make, model, colour, seats: 4, wheelchair: false },
      ...{ propulsion: 'combustion', inspection: '2099-12-31', insurance: '2099-12-31' },
    },
  }
}

/** A simulated person's wallet key: by seed, so that a second start finds the same accounts. Never for real money. */
const keyOf = (seed: number, role: string, i: number): Hex =>
  toHex(keccak_256(new TextEncoder().encode(`hexhail fleet ${seed} ${role} ${i}`)))

/** Runs `make` for 0..count-1, a few at a time; the ones that fail are reported and left out. */
async function abreast<T>(
  count: number,
  make: (i: number) => Promise<T>,
  report: (error: unknown) => void,
): Promise<T[]> {
  const made: T[] = []
  let next = 0
  const worker = async () => {
    while (next < count) {
      const i = next++
      try {
        made.push(await make(i))
      } catch (error) {
        report(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(ABREAST, count) }, worker))
  return made
}
