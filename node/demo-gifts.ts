import { createFaucet } from '@hexhail/chain/faucet.ts'
import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Addresses } from './addresses.ts'

/** What the demo gives to anyone who asks; each answer says in words what was given. */
export interface DemoGifts {
  readonly money: (account: Hex) => Promise<string>
  readonly permit: (driver: Hex) => Promise<string>
}

/** Test money for a first day: 200 of the token, and coin for the gas of some thousand transactions. */
const TOKEN = 200_000_000n
const COIN_WEI = 10n ** 18n
const YEAR_S = 365 * 86_400
const NO_CREDENTIAL: Hex = `0x${'00'.repeat(32)}`

/** Accounts of the local chain: the first is the authority, the second gives money away. */
const AUTHORITY = 0
const GIVER = 1

/** Makes the givers. @throws {HexhailError} 'only-local-chain' on any other chain */
export function demoGifts(addresses: Addresses): DemoGifts {
  const faucet = createFaucet(addresses, walletFromKey(localChainKey(GIVER)))
  const authority = walletFromKey(localChainKey(AUTHORITY))
  const reader = createReader(addresses)
  return {
    async money(account) {
      const coin = await reader.coinBalance(account)
      await faucet.fund(account, { token: TOKEN, coinWei: coin < COIN_WEI ? COIN_WEI : 0n })
      return 'Test money of the local chain was given: it is worth nothing.'
    },
    async permit(driver) {
      const { timestampS } = await reader.head()
      const known = await reader.permit(authority.address, driver)
      if (known.untilS <= timestampS + YEAR_S / 2)
        await grantPermit(addresses, authority, {
          driver,
          untilS: timestampS + YEAR_S,
          credential: NO_CREDENTIAL,
        })
      return 'A demo permit was granted without any check: a real authority looks at papers first.'
    },
  }
}
