import { createFaucet } from '@hexhail/chain/faucet.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Addresses } from './addresses.ts'

/** What the demo gives to anyone who asks; each answer says in words what was given. */
export interface DemoGifts {
  readonly money: (account: Hex) => Promise<string>
}

/** Test money for a first day: 200 of the token, and coin for the gas of some thousand transactions. */
const TOKEN = 200_000_000n
const COIN_WEI = 10n ** 18n

/** The account of the local chain that gives money away; the first is the authority. */
const GIVER = 1

/** Makes the givers. @throws {HexhailError} 'only-local-chain' on any other chain */
export function demoGifts(addresses: Addresses): DemoGifts {
  const faucet = createFaucet(addresses, walletFromKey(localChainKey(GIVER)))
  const reader = createReader(addresses)
  return {
    async money(account) {
      const coin = await reader.coinBalance(account)
      await faucet.fund(account, { token: TOKEN, coinWei: coin < COIN_WEI ? COIN_WEI : 0n })
      return 'Test money of the local chain was given: it is worth nothing.'
    },
  }
}
