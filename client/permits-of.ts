import type { ChainReader } from '@hexhail/chain/ports.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import type { TripRules } from '@hexhail/protocol/rider-state.ts'
import type { ConcessionWallet } from './concession-wallet.ts'
import type { PermitWallet } from './permit-wallet.ts'
import type { CardReader } from './read-card.ts'
import type { ConcessionReader } from './read-concession.ts'
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

const officeInit = ({ config, rules, fetch, now, random }: PermitsInit) => {
  const { chainId, contracts, auditUrl: url } = config
  const { authority } = rules.tariff
  return { url, chainId, permits: contracts.permits, authority, fetch, now, random }
}

const officeOf = (init: PermitsInit) =>
  once(async () => {
    const { createOfficeClient } = await import('@hexhail/permits/office-client.ts')
    return createOfficeClient(officeInit(init))
  })

const concessionsOf = (init: PermitsInit) =>
  once(async () => {
    const { createConcessionClient } = await import('@hexhail/permits/concession-client.ts')
    return createConcessionClient(officeInit(init))
  })

/** The rider's concession on this device; its code is loaded when it is first asked for. */
export function lazyConcessionWallet(init: PermitsInit): ConcessionWallet {
  const office = concessionsOf(init)
  const load = once(async () => {
    const [{ createConcessionWallet }, client] = await Promise.all([
      import('./concession-wallet.ts'),
      office(),
    ])
    return createConcessionWallet({ ...init, office: client })
  })
  return {
    apply: async claim => (await load()).apply(claim),
    look: async () => (await load()).look(),
    held: async () => (await load()).held(),
    present: async (category, trip) => (await load()).present(category, trip),
  }
}

/** The judge of riders' concessions; its code is loaded with the first one. */
export function lazyConcessionReader(init: PermitsInit): ConcessionReader {
  const office = concessionsOf(init)
  const load = once(async () => {
    const [{ createConcessionReader }, client] = await Promise.all([import('./read-concession.ts'), office()])
    return createConcessionReader({ ...init, office: client })
  })
  return async come => (await load())(come)
}

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
