import { toHex } from '@hexhail/protocol/hex.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { BaseWallet, computeAddress, keccak256, SigningKey } from 'ethers'
import type { ChainConfig, ChainWriter } from './ports.ts'
import { isRpcDown, type Rpc } from './rpc.ts'
import type { SenderOptions } from './sender.ts'
import type { Call, ChainWallet, Submitted } from './wallet.ts'
import { createWriter } from './writer.ts'

/** Makes a new secp256k1 key, 32 bytes. */
export function createWalletKey(): Hex {
  const key = toHex(crypto.getRandomValues(new Uint8Array(32)))
  // Zero and the few numbers above the curve's order are no keys.
  return key < ORDER && BigInt(key) !== 0n ? key : createWalletKey()
}

const ORDER = '0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'

/** The account of a key, lower case. */
export function addressOfKey(key: Hex): Hex {
  return computeAddress(key).toLowerCase() as Hex
}

/** Keys of the accounts that every local test chain is born with. Known to all: never for real money. */
const LOCAL_CHAIN_KEYS: readonly Hex[] = [
  '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
  '0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d',
  '0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a',
  '0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6',
  '0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a',
  '0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba',
  '0x92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e',
  '0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356',
  '0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97',
  '0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6',
]

/** Key of one of the ten rich accounts of a local test chain. */
export function localChainKey(index: number): Hex {
  const key = LOCAL_CHAIN_KEYS[index]
  if (!key)
    throw new HexhailError('local-chain-key', `A local chain has ten rich accounts, not ${index + 1}.`, {
      index,
    })
  return key
}

/** The wallet of a key that this program holds. */
export function walletFromKey(key: Hex, options: SenderOptions = {}): ChainWallet {
  const signer = new BaseWallet(new SigningKey(key))
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
  signer: BaseWallet,
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
