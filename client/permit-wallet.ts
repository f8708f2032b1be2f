import type { ChainReader } from '@hexhail/chain/ports.ts'
import { type Application, applicationPhoto } from '@hexhail/permits/application.ts'
import { credentialHash } from '@hexhail/permits/credential-hash.ts'
import { makeSigningKey, signingOf } from '@hexhail/permits/es256.ts'
import type { FiledTicket, OfficeClient, Standing } from '@hexhail/permits/office-client.ts'
import { type CardBinding, makeTripCard } from '@hexhail/permits/trip-card.ts'
import type { Propulsion } from '@hexhail/permits/vct.ts'
import type { DriverState } from '@hexhail/protocol/driver-state.ts'
import { PROPULSIONS } from '@hexhail/protocol/record-table.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Signer } from './ports.ts'
import type { Store } from './store.ts'

/** The driver's permit on this device: the application under way, the holder's key, the credentials. */
export interface PermitWallet {
  /** Sends an application; what was collected before stays until there is something new. */
  apply(application: Application): Promise<void>
  /**
   * Asks how the application stands; collects what was granted and says on the chain which car is driven. Null: nothing was
   * applied for on this device. Rejects with the `HexhailError`s of the office and the chain.
   */
  look(): Promise<Standing | null>
  /** True when the credentials are on this device. */
  has(): Promise<boolean>
  /** Hashes of the credentials, for offers and records; null without. */
  credentials(): Promise<NonNullable<DriverState['car']['credentials']> | null>
  /** The card for one trip; null without credentials. */
  card(binding: CardBinding): Promise<Uint8Array | null>
}

interface Kept {
  readonly filed: FiledTicket
  readonly photo: Uint8Array
  readonly propulsion: Propulsion
}

interface Collected {
  readonly driver: string
  readonly vehicle: string
  /** The car's name on the chain. */
  readonly car: Hex
  readonly photo: Uint8Array
  readonly propulsion: Propulsion
}

const FILED = 'driver/permit-filed'
const HOLDER = 'driver/permit-key'
const COLLECTED = 'driver/permit'

/** Keeps the permit in the page's store; the holder's key is a handle that no one can read. */
export function createPermitWallet(deps: {
  readonly office: Pick<OfficeClient, 'apply' | 'ask' | 'collect'>
  readonly signer: Signer
  readonly reader: Pick<ChainReader, 'permit'>
  readonly rules: Pick<TripRules, 'tariff'>
  readonly store: Pick<Store, 'get' | 'set'>
  readonly now: () => number
  /** Says on the chain that this account drives the car from now on. */
  readonly drive: (vehicle: Hex) => Promise<unknown>
}): PermitWallet {
  const { office, signer, reader, rules, store, now, drive } = deps
  const holder = async () => {
    let pair = await store.get<CryptoKeyPair>(HOLDER)
    if (!pair) {
      pair = await makeSigningKey()
      await store.set(HOLDER, pair)
    }
    return signingOf(pair)
  }
  const collect = async ({ photo, propulsion }: Kept, { state, offer, vehicle }: Standing): Promise<void> => {
    const before = await store.get<Collected>(COLLECTED)
    const permit = await reader.permit(rules.tariff.authority, signer.address)
    // The chain names the newest credential: the one that is here needs no collecting again.
    if (state === 'granted' || !before || credentialHash(before.driver) !== permit.credential) {
      const credentials = await office.collect(offer, await holder())
      await store.set(COLLECTED, {
        ...credentials,
        car: vehicle as Hex,
        photo,
        propulsion,
      } satisfies Collected)
    }
    if (permit.vehicle !== vehicle) await drive(vehicle as Hex)
  }
  return {
    async apply(application) {
      const { propulsion } = application.car
      const filed = await office.apply(signer, application)
      await store.set(FILED, { filed, photo: applicationPhoto(application), propulsion } satisfies Kept)
    },
    async look() {
      const kept = await store.get<Kept>(FILED)
      if (!kept) return null
      const standing = await office.ask(kept.filed)
      if (standing.offer && standing.vehicle) await collect(kept, standing)
      return standing
    },
    has: async () => (await store.get<Collected>(COLLECTED)) !== undefined,
    async credentials() {
      const collected = await store.get<Collected>(COLLECTED)
      if (!collected) return null
      const { driver, vehicle, propulsion } = collected
      const hashes = { permit: credentialHash(driver), vehicle: credentialHash(vehicle) }
      const kind = propulsion === 'combustion_diesel' ? 'combustion' : propulsion
      const number = (PROPULSIONS as readonly string[]).indexOf(kind)
      return { ...hashes, propulsion: Math.max(0, number), vehicleClass: 0 }
    },
    async card(binding) {
      const collected = await store.get<Collected>(COLLECTED)
      if (!collected) return null
      return makeTripCard(collected, await holder(), binding, Math.floor(now() / 1_000))
    },
  }
}
