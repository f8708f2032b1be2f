import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import { FARE_DOLLAR_ABI } from './generated/abi.ts'
import type { ChainConfig } from './ports.ts'
import { createSender, type SenderOptions } from './sender.ts'
import type { ChainWallet } from './wallet.ts'

/** Gives test money away. */
export interface Faucet {
  /** `coinWei` for gas and `token` minor units to fares; resolves when both are there. The caller limits the rate. */
  fund(to: Hex, gift: { readonly coinWei?: bigint; readonly token?: bigint }): Promise<void>
}

const TOKEN = new Interface(FARE_DOLLAR_ABI)
const LOCAL_CHAIN = 31_337

/**
 * The faucet of a local chain: coin from the wallet, token from the mint that is open there alone.
 * @throws {HexhailError} 'only-local-chain'
 */
export function createFaucet(config: ChainConfig, wallet: ChainWallet, options: SenderOptions = {}): Faucet {
  if (config.chainId !== LOCAL_CHAIN)
    throw new HexhailError('only-local-chain', `There is no faucet on chain ${config.chainId}.`, {
      chainId: config.chainId,
    })
  const send = createSender(config, wallet, options)
  return {
    async fund(to, { coinWei = 0n, token = 0n }) {
      const mint = TOKEN.encodeFunctionData('mint', [to, token]) as Hex
      await Promise.all([
        coinWei > 0n && send({ to, data: '0x', value: coinWei }),
        token > 0n && send({ to: config.contracts.token, data: mint }),
      ])
    },
  }
}
