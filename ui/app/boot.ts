import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { type Opening, openWorld, type World } from '@hexhail/client/browser-world.ts'
import { claimTab } from '@hexhail/client/single-tab.ts'
import { type ReadonlySignal, signal } from '@preact/signals'

/** How far a page has come on its way to work. */
export type Stage =
  | { readonly at: 'opening'; readonly step: Opening }
  | { readonly at: 'otherTab' }
  | { readonly at: 'wallet'; readonly world: World }
  | { readonly at: 'ready'; readonly world: World; readonly wallet: ChainWallet }
  | { readonly at: 'failed'; readonly error: unknown }

/** The start of an app: one tab, one world, one wallet. */
export interface Boot {
  readonly stage: ReadonlySignal<Stage>
  /** The wallet that a person has made or unlocked. */
  useWallet(wallet: ChainWallet): void
}

/** Starts an app: waits until it is the only tab, then opens the world. */
export function createBoot(app: 'rider' | 'driver', cityWorkerUrl: string): Boot {
  const stage = signal<Stage>({ at: 'opening', step: 'config' })
  const open = async () => {
    const tab = await claimTab(`hexhail/${app}`)
    if (!tab.leader) stage.value = { at: 'otherTab' }
    await tab.leading
    const cityWorker = new Worker(cityWorkerUrl, { type: 'module' })
    const world = await openWorld({
      app,
      cityWorker,
      onStep: step => (stage.value = { at: 'opening', step }),
    })
    stage.value = { at: 'wallet', world }
  }
  open().catch(error => {
    stage.value = { at: 'failed', error }
  })
  return {
    stage,
    useWallet: wallet => {
      const now = stage.value
      if (now.at === 'wallet') stage.value = { at: 'ready', world: now.world, wallet }
    },
  }
}
