import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { HDNodeWallet, keccak256, Mnemonic, Wallet } from 'ethers'
import type { ChainConfig, ChainWriter } from './ports.ts'
import { isRpcDown, type Rpc } from './rpc.ts'
import type { SenderOptions } from './sender.ts'
import type { Call, ChainWallet, Submitted } from './wallet.ts'
import { createWriter } from './writer.ts'

/** Makes a new secp256k1 key, 32 bytes. */
export function createWalletKey(): Hex {
  return Wallet.createRandom().privateKey as Hex
}

/** The account of a key, lower case. */
export function addressOfKey(key: Hex): Hex {
  return new Wallet(key).address.toLowerCase() as Hex
}

/** One of the accounts that every local test chain is born with. Known to all: never for real money. */
export function localChainKey(index: number): Hex {
  const phrase = Mnemonic.fromPhrase('test test test test test test test test test test test junk')
  return HDNodeWallet.fromMnemonic(phrase, `m/44'/60'/0'/0/${index}`).privateKey as Hex
}

/** The wallet of a key that this program holds. */
export function walletFromKey(key: Hex, options: SenderOptions = {}): ChainWallet {
  const signer = new Wallet(key)
  const address = signer.address.toLowerCase() as Hex
  const writers = new WeakMap<ChainConfig, ChainWriter>()
  const wallet: ChainWallet = {
    address,
    kind: 'key',
    signTypedData: (domain, types, value) =>
      signer.signTypedData(domain, mutable(types), value as Record<string, unknown>) as Promise<Hex>,
    submit: (rpc, { chainId }, call, gas) => submit(rpc, signer, chainId, call, gas),
    writer(config) {
      const known = writers.get(config) ?? createWriter(config, wallet, options)
      writers.set(config, known)
      return known
    },
  }
  return wallet
}

const mutable = (types: Parameters<ChainWallet['signTypedData']>[1]) =>
  Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]]))

async function submit(
  rpc: Rpc,
  signer: Wallet,
  chainId: number,
  call: Call,
  gas: bigint,
): Promise<Submitted> {
  for (let tries = 3; ; tries--) {
    const [nonce, tip, block] = (await Promise.all([
      rpc('eth_getTransactionCount', [signer.address, 'pending']),
      rpc('eth_maxPriorityFeePerGas', []),
      rpc('eth_getBlockByNumber', ['latest', false]),
    ])) as [Hex, Hex, { baseFeePerGas?: Hex }]
    const maxPriorityFeePerGas = BigInt(tip)
    const raw = await signer.signTransaction({
      type: 2,
      chainId,
      nonce: Number(nonce),
      to: call.to,
      data: call.data,
      value: call.value ?? 0n,
      gasLimit: gas,
      maxPriorityFeePerGas,
      maxFeePerGas: BigInt(block.baseFeePerGas ?? '0x0') * 2n + maxPriorityFeePerGas,
    })
    const again = () => rpc('eth_sendRawTransaction', [raw])
    try {
      return { hash: (await again()) as Hex, again }
    } catch (error) {
      // It may have arrived, or not: the sender looks for it and sends it again.
      if (isRpcDown(error)) return { hash: keccak256(raw) as Hex, again }
      // Another program with the same key was quicker: take the next number.
      if (
        tries === 0 ||
        !(error instanceof HexhailError) ||
        !/nonce too low|underpriced/i.test(error.message)
      )
        throw error
    }
  }
}
