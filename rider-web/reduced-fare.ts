import type { ConcessionWallet, HeldConcession } from '@hexhail/client/concession-wallet.ts'
import type { ClientPorts } from '@hexhail/client/ports.ts'
import type { ConcessionClaim } from '@hexhail/permits/concession-claim.ts'
import type { ConcessionStanding } from '@hexhail/permits/concession-client.ts'
import { CONCESSIONS, type Concession, VCT } from '@hexhail/permits/vct.ts'
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'

/** The reduced fare on this device: what the tariff offers, how the claim stands, what is left to show. */
export interface ReducedFare {
  /** Classes that the tariff's document knows and the office can grant; none: there is nothing to claim. */
  readonly classes: readonly Concession[]
  readonly standing: ReadonlySignal<ConcessionStanding | null>
  readonly held: ReadonlySignal<HeldConcession | null>
  /** Whether rides are asked for at the reduced fare where there is one. */
  readonly wanted: Signal<boolean>
  /** Id in the tariff's document of what the next ride is reduced by; null: at the full fare. */
  readonly active: ReadonlySignal<string | null>
  /** Sends a claim, and collects at once what is granted at once. Rejects with the `HexhailError`s of the office. */
  apply(claim: ConcessionClaim): Promise<void>
  /** Asks the office how the claim stands, and collects where few are left. Rejects likewise. */
  refresh(): Promise<void>
  /** Counts again what is left. */
  count(): Promise<void>
}

/** The office is asked again this often while the page is open: a month ends. */
const LOOK_MS = 3_600_000

/** Opens the reduced fare of this device; the office is asked in the background. */
export async function createReducedFare({
  concessions: wallet,
  rules,
  every,
  report,
}: Pick<ClientPorts, 'concessions' | 'rules' | 'every' | 'report'>): Promise<ReducedFare> {
  const offered = (wallet && rules.document?.document.concessions) || []
  const known = offered.filter(({ vct, category }) => vct === VCT.concession && isClass(category))
  const standing = signal<ConcessionStanding | null>(null)
  const held = signal<HeldConcession | null>(null)
  const wanted = signal(true)
  const count = async () => {
    if (wallet) held.value = await wallet.held()
  }
  const refresh = async () => {
    if (!wallet) return
    try {
      standing.value = await wallet.look()
    } finally {
      await count()
    }
  }
  const reduced: ReducedFare = {
    classes: known.map(({ category }) => category as Concession),
    standing,
    held,
    wanted,
    active: computed(() => {
      const { category, left } = held.value ?? { category: '', left: 0 }
      const rule = known.find(each => each.category === category)
      return (wanted.value && left > 0 && rule?.id) || null
    }),
    apply: async claim => {
      await (wallet as ConcessionWallet).apply(claim)
      await refresh()
    },
    refresh,
    count,
  }
  if (reduced.classes.length > 0) {
    await count()
    void refresh().catch(report)
    every(LOOK_MS, () => void refresh().catch(report))
  }
  return reduced
}

const isClass = (category: string): boolean => (CONCESSIONS as readonly string[]).includes(category)
