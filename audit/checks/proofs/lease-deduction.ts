import { money, most } from '../answer.ts'
import type { BookCheck } from '../check.ts'

/** W2: what a car's owner took out of a driver's earnings is what the registered lease says. */
export const leaseDeduction: BookCheck = {
  id: 'W2',
  name: 'wage.deduction',
  kind: 'proof',
  scope: 'books',
  says: 'More was taken out of the earnings than the registered lease allows.',
  needs: ['leases'],
  find({ leases }) {
    if (leases === null) return []
    const terms = new Map(leases.terms.map(lease => [lease.account.toLowerCase(), lease]))
    const taken = new Map<string, bigint>()
    return leases.shares.map(share => {
      const account = share.account.toLowerCase()
      const lease = terms.get(account)
      const all = share.toOwner + share.toDriver
      const before = taken.get(account) ?? 0n
      taken.set(account, before + share.toOwner)
      const part = (all * BigInt(lease?.ownerBps ?? 0)) / 10_000n
      const left = lease && lease.owed > 0n ? max(0n, lease.owed - before) : part
      return {
        subject: `${account} ${share.txHash}`,
        answers: [most('DEDUCTION', money(part < left ? part : left), money(share.toOwner))],
      }
    })
  },
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b)
