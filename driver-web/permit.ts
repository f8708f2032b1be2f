import type { Permit } from '@hexhail/chain/ports.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { Application } from '@hexhail/permits/application.ts'
import type { Standing } from '@hexhail/permits/office-client.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { Profile } from './profile.ts'

/** How the driver stands with the authority: what the chain says, what the office says, and coin for the chain's fees. */
export interface PermitDesk {
  /** Null until the chain has answered. */
  readonly permit: ReadonlySignal<Permit | null>
  readonly valid: ReadonlySignal<boolean>
  /** The application of this device; null without one, or while the office does not answer. */
  readonly standing: ReadonlySignal<Pick<Standing, 'state' | 'reason'> | null>
  /** False when riders are shown no card, as the credentials are not on this device. */
  readonly hasCard: ReadonlySignal<boolean>
  /** Hashes that offers and records name. */
  readonly credentials: ReadonlySignal<Profile['credentials'] | null>
  /** Coin for gas, wei; null until the chain has answered. */
  readonly coinWei: ReadonlySignal<bigint | null>
  /** Asks chain and office, and collects what was granted. */
  refresh(): Promise<void>
  apply(application: Application): Promise<void>
  fillCoin(): Promise<void>
  stop(): void
}

/** Below this a few more trips' gas is not sure, wei. */
export const LOW_COIN_WEI = 2_000_000_000_000_000n
/** While an officer has to decide, the office is asked this often, ms. */
const LOOK_MS = 15_000

/** Asks the chain, the office and, in the demo, the faucet. */
export function createPermitDesk(
  ports: Pick<ClientPorts, 'reader' | 'rules' | 'signer' | 'now' | 'every' | 'report' | 'permit'>,
  config: Pick<AppConfig, 'faucetUrl'>,
  post: typeof fetch,
): PermitDesk {
  const { reader, rules, signer, now, report, permit: wallet } = ports
  const permit = signal<Permit | null>(null)
  const standing = signal<Standing | null>(null)
  const hasCard = signal(false)
  const credentials = signal<Profile['credentials'] | null>(null)
  const coinWei = signal<bigint | null>(null)
  const readChain = async () => {
    const [found, coin] = await Promise.all([
      reader.permit(rules.tariff.authority, signer.address),
      reader.coinBalance(signer.address),
    ])
    permit.value = found
    coinWei.value = coin
  }
  const look = async () => {
    standing.value = (await wallet?.look()) ?? null
    hasCard.value = (await wallet?.has()) ?? false
    credentials.value = (await wallet?.credentials()) ?? null
  }
  const fillCoin = async () => {
    const answer = await post(`${config.faucetUrl}/faucet`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ address: signer.address }),
    }).catch(() => null)
    if (!answer?.ok)
      throw new HexhailError(
        'FAUCET',
        `The demo’s faucet answered ${answer?.status ?? 'nothing'}: try again in a minute.`,
      )
    await readChain()
  }
  const refresh = async () => {
    // The office may be away while the chain is not: a permit that stands needs no office.
    try {
      await look()
    } finally {
      await readChain()
    }
  }
  const stopLooks = ports.every(LOOK_MS, () => {
    const { state } = standing.value ?? {}
    if (state === 'waiting' || state === 'granted') void refresh().catch(report)
  })
  return {
    permit,
    valid: computed(() => (permit.value?.untilS ?? 0) * 1000 > now()),
    standing,
    hasCard,
    credentials,
    coinWei,
    refresh,
    fillCoin,
    async apply(application) {
      if (!wallet) throw new HexhailError('OFFICE_DOWN', 'This page knows of no permit office.')
      // Saying which car one drives is a transaction.
      if (config.faucetUrl && (await reader.coinBalance(signer.address)) < LOW_COIN_WEI) await fillCoin()
      await wallet.apply(application)
      await refresh()
    },
    stop: stopLooks,
  }
}
