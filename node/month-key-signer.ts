import type { SignMonthKey } from '@hexhail/audit/month-keys.ts'
import type { walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { delegationDomain } from '@hexhail/protocol/delegation.ts'
import { MONTH_KEY_TYPES } from '@hexhail/protocol/month-key.ts'

/** Signs monthly keys with the authority's wallet, for one chain. */
export const monthKeySigner =
  (wallet: ReturnType<typeof walletFromKey>, chainId: number): SignMonthKey =>
  key =>
    wallet.signTypedData(delegationDomain(chainId), MONTH_KEY_TYPES, { ...key })
