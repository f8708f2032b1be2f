import { type AnvilOptions, startAnvil } from '@hexhail/chain/anvil.ts'
import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { deploy } from '@hexhail/chain/deploy.ts'
import { createFaucet } from '@hexhail/chain/faucet.ts'
import type { ChainConfig } from '@hexhail/chain/ports.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { createRpc } from '@hexhail/chain/rpc.ts'
import type { ChainWallet } from '@hexhail/chain/wallet.ts'
import { createWalletKey, localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { keccak256 } from 'ethers'

/** Quick polls: the chain mines each transaction at once. */
export const QUICK = { pollMs: 5 }
export const UNIT = 1_000_000n
export const SECRET: Hex = `0x${'5e'.repeat(32)}`

/** A chain of its own with all contracts on it, for one test file. */
export async function localChain(options: AnvilOptions = {}) {
  const anvil = await startAnvil(options)
  const chain = { chainId: 31_337, rpcUrl: anvil.rpcUrl }
  const authority = walletFromKey(localChainKey(0), QUICK)
  const { contracts, tariffId } = await deploy(chain, authority, demoTariff(authority.address), QUICK)
  const config: ChainConfig = { ...chain, contracts }
  const rpc = createRpc(anvil.rpcUrl)
  const reader = createReader(config)
  const faucet = createFaucet(config, walletFromKey(localChainKey(1), QUICK), QUICK)

  /** A new wallet with coin, and with `balance` in the vault. */
  const party = async (balance = 0n): Promise<ChainWallet> => {
    const wallet = walletFromKey(createWalletKey(), QUICK)
    await faucet.fund(wallet.address, { coinWei: 10n ** 17n, token: balance })
    if (balance > 0n) await wallet.writer(config).deposit(balance)
    return wallet
  }

  /** Terms that the vault takes now. */
  const termsOf = async (rider: Hex, driver: Hex, more: Partial<Terms> = {}): Promise<Terms> => {
    const { timestampS: nowS } = await reader.head()
    const { seq } = await reader.lane(rider, more.lane ?? 0)
    const terms = {
      rider,
      driver,
      session: rider,
      fare: 5n * UNIT,
      hold: 8n * UNIT,
      lane: 0,
      seq,
      tariff: tariffId,
    }
    const trip = { metres: 4_000, secs: 600, bp: 10_000, acceptBy: nowS + 300 }
    const fees = { cancelFee: 2n * UNIT, noShowFee: UNIT, arbiter: authority.address }
    const times = { freeUntil: nowS + 120, lateAt: nowS + 900, pickupBy: nowS + 900, expiry: nowS + 7_200 }
    const hashes = { boarding: keccak256(SECRET) as Hex, record: toHex(new Uint8Array(32).fill(7)) }
    return { ...terms, ...trip, details: { ...fees, ...times, ...hashes }, ...more }
  }
  return { anvil, config, rpc, reader, faucet, authority, tariffId, party, termsOf }
}
