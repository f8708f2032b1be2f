import type { Permit } from '@hexhail/chain/ports.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Profile } from './profile.ts'

/** What the chain says of the driver's permit, and the coin he pays its fees with. */
export interface PermitDesk {
  /** Null until the chain has answered. */
  readonly permit: ReadonlySignal<Permit | null>
  readonly valid: ReadonlySignal<boolean>
  /** Coin for gas, wei; null until the chain has answered. */
  readonly coinWei: ReadonlySignal<bigint | null>
  refresh(): Promise<void>
  /** Asks the demo's authority, which grants at once, and its faucet for coin. */
  apply(profile: Profile): Promise<void>
  fillCoin(): Promise<void>
}

/** Below this a few more trips' gas is not sure, wei. */
export const LOW_COIN_WEI = 2_000_000_000_000_000n

/** Asks the chain and, in the demo, the authority. */
export function createPermitDesk(
  { reader, rules, signer, now }: Pick<ClientPorts, 'reader' | 'rules' | 'signer' | 'now'>,
  config: Pick<AppConfig, 'faucetUrl'>,
  post: typeof fetch,
): PermitDesk {
  const permit = signal<Permit | null>(null)
  const coinWei = signal<bigint | null>(null)
  const ask = async (path: string, body: object) => {
    const answer = await post(`${config.faucetUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => null)
    if (!answer?.ok)
      throw new HexhailError(
        'FAUCET',
        `The demo’s office answered ${answer?.status ?? 'nothing'} to ${path}: try again in a minute.`,
      )
  }
  const refresh = async () => {
    const [found, coin] = await Promise.all([
      reader.permit(rules.tariff.authority, signer.address),
      reader.coinBalance(signer.address),
    ])
    permit.value = found
    coinWei.value = coin
  }
  const fillCoin = async () => {
    await ask('/faucet', { address: signer.address })
    await refresh()
  }
  return {
    permit,
    valid: computed(() => (permit.value?.untilS ?? 0) * 1000 > now()),
    coinWei,
    refresh,
    fillCoin,
    apply: async ({ name, text, plate }) => {
      await ask('/permits', { driver: signer.address, name, car: text, plate })
      if ((await reader.coinBalance(signer.address)) < LOW_COIN_WEI)
        await ask('/faucet', { address: signer.address })
      await refresh()
    },
  }
}
