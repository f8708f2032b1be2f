import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { PermitWallet } from './permit-wallet.ts'
import type { CardReader } from './read-card.ts'
import type { Store } from './store.ts'

/** What permits need of a person's world. */
export interface PermitsInit {
  readonly config: Pick<AppConfig, 'chainId' | 'contracts' | 'auditUrl'>
  readonly reader: ChainReader
  readonly rules: TripRules
  readonly store: Store
  readonly fetch: typeof globalThis.fetch
  readonly now: () => number
  readonly random: (size: number) => Uint8Array
  readonly report: (error: unknown) => void
}

/** Once, when first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null
  return () => {
    made ??= make()
    made.catch(() => {
      made = null
    })
    return made
  }
}

const officeOf = ({ config, rules, fetch, now, random }: PermitsInit) =>
  once(async () => {
    const { createOfficeClient } = await import('@hexhail/permits/office-client.ts')
    const { chainId, contracts, auditUrl: url } = config
    const { authority } = rules.tariff
    return createOfficeClient({ url, chainId, permits: contracts.permits, authority, fetch, now, random })
  })

/** The judge of drivers' cards; its code is loaded with the first card. */
export function lazyCardReader(init: PermitsInit): CardReader {
  const office = officeOf(init)
  const load = once(async () => {
    const [{ createCardReader }, client] = await Promise.all([import('./read-card.ts'), office()])
    return createCardReader({ ...init, office: client })
  })
  return async card => (await load())(card)
}

/** The driver's permit on this device; its code is loaded when it is first asked for. */
export function lazyPermitWallet(init: PermitsInit, wallet: ChainWallet): PermitWallet {
  const office = officeOf(init)
  const { authority } = init.rules.tariff
  const drive = async (vehicle: `0x${string}`) => {
    const { driveVehicle } = await import('@hexhail/chain/vehicle-permit.ts')
    return driveVehicle(init.reader.config, wallet, { authority, vehicle })
  }
  const load = once(async () => {
    const [{ createPermitWallet }, client] = await Promise.all([import('./permit-wallet.ts'), office()])
    return createPermitWallet({ ...init, office: client, signer: wallet, drive })
  })
  return {
    apply: async application => (await load()).apply(application),
    look: async () => (await load()).look(),
    has: async () => (await load()).has(),
    credentials: async () => (await load()).credentials(),
    card: async binding => (await load()).card(binding),
  }
}
