import type { Process } from './process.ts'
import type { SimRider } from './rider.ts'
import type { Stage } from './stage.ts'

const LOOK_MS = 600_000

/**
 * Anyone, in whom nobody needs to trust: gives money back and closes cases where the rider is gone for ever and the vault
 * lets everybody ask. A rider who lives must do without.
 */
export function startKeeper(
  { world, ledger, chain, book }: Stage,
  process: Process,
  riders: readonly SimRider[],
): void {
  process.onStart(async () => {
    const writer = chain.writer(process, `0x${'cc'.repeat(20)}`)
    return process.every(LOOK_MS, () => {
      for (const { account, process: device } of riders) {
        if (!device.isDead()) continue
        const { lanes, cases } = ledger.vault(account)
        const nowS = world.now() / 1000
        for (const { held, terms } of Object.values(lanes)) {
          const due = book.terms.get(terms)
          if (held > 0n && due && nowS > due.details.expiry + 86_400) writer.release(due).catch(() => {})
        }
        for (const [digest, { deadlineS }] of Object.entries(cases)) {
          const due = book.terms.get(digest as `0x${string}`)
          if (due && nowS > deadlineS + 600) writer.finalize(due).catch(() => {})
        }
      }
    })
  })
  process.start()
}
