import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { detailsHash } from '@hexhail/protocol/typed-data.ts'
import { Interface } from 'ethers'
import { FARE_VAULT_ABI } from './generated/abi.ts'
import type { ChainConfig, ChainWriter } from './ports.ts'
import { createReader } from './reader.ts'
import { createRpc } from './rpc.ts'
import { createSender, type SenderOptions } from './sender.ts'
import { signDeposit } from './typed.ts'
import type { ChainWallet } from './wallet.ts'

const VAULT = new Interface(FARE_VAULT_ABI)
const NO_SECRET: Hex = `0x${'00'.repeat(32)}`
/** How long a signed deposit can be sent. */
const DEPOSIT_S = 3_600

/** One wallet's transactions on one deployment. Calls of one wallet may overlap: they are sent in the order made. */
export function createWriter(
  config: ChainConfig,
  wallet: ChainWallet,
  options: SenderOptions = {},
): ChainWriter {
  const rpc = options.rpc ?? createRpc(config.rpcUrl)
  const send = createSender(config, wallet, { ...options, rpc })
  const reader = createReader(config, rpc)
  const { token, vault } = config.contracts

  const call = (name: string, ...args: readonly unknown[]): Hex => VAULT.encodeFunctionData(name, args) as Hex
  const run = async (name: string, ...args: readonly unknown[]): Promise<Hex> =>
    (await send({ to: vault, data: call(name, ...args) })).hash
  const short = (terms: Terms) => ({ ...terms, details: detailsHash(terms.details) })

  return {
    account: wallet.address,
    hold: (terms, signature) => run('hold', short(terms), signature),
    settle: (terms, receipt, signature) => run('settle', short(terms), receipt, signature, '0x'),
    cancel: terms => run('cancel', short(terms), terms.details),
    release: terms => run('release', short(terms), terms.details),
    handOver: (own, next, signature) =>
      run('multicall', [call('release', short(own), own.details), call('hold', short(next), signature)]),
    claim: (terms, amount, secret) => run('claim', short(terms), terms.details, amount, secret ?? NO_SECRET),
    contest: (terms, admitted) => run('contest', short(terms), admitted),
    finalize: terms => run('finalize', short(terms)),
    rule: (terms, toDriver) => run('rule', short(terms), terms.details, toDriver),
    collect: tariff => run('collect', tariff),
    withdraw: (to, amount) => run('withdraw', to, amount),
    async deposit(amount) {
      const { timestampS } = await reader.head()
      const nonce = toHex(crypto.getRandomValues(new Uint8Array(32)))
      const order = { amount, validBeforeS: timestampS + DEPOSIT_S, nonce }
      const signature = await signDeposit(wallet, { chainId: config.chainId, token, vault }, order)
      const [r, s] = [signature.slice(0, 66), `0x${signature.slice(66, 130)}`]
      const v = Number.parseInt(signature.slice(130, 132), 16)
      return run('deposit3009', wallet.address, amount, 0, order.validBeforeS, nonce, v, r, s)
    },
  }
}
