import type { Seed } from './seed.ts'
import { account, hexOf, named, type Registers } from './world.ts'

/** Leases with what was shared out under them: some owners take a hundredth too much. */
export function seedLeases({ leases }: Registers, told: Seed[], frauds: number, first: number): void {
  for (let i = 0; i < frauds * 5; i++) {
    const lease = { account: account(`lease ${first + i}`), ownerBps: 2_000, owed: 0n }
    const all = 90_000_000n + BigInt(i)
    const isOver = i % 5 === 0
    const toOwner = (all * (isOver ? 2_100n : 2_000n)) / 10_000n
    const txHash = hexOf(named(`share ${first + i}`))
    leases.terms.push(lease)
    leases.shares.push({ account: lease.account, toOwner, toDriver: all - toOwner, txHash })
    if (isOver)
      told.push({
        kind: 'too much taken for the lease',
        check: 'W2',
        rows: [],
        subject: `${lease.account} ${txHash}`,
      })
  }
}
