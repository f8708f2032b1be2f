import type { Hex } from '@hexhail/protocol/terms.ts'
import type { TypedField } from '@hexhail/protocol/typed-data.ts'
import type { ChainConfig, ChainWriter } from './ports.ts'
import type { Rpc } from './rpc.ts'

/** One call of a contract, or a payment where `data` is empty. */
export interface Call {
  readonly to: Hex
  readonly data: Hex
  readonly value?: bigint
}

/** A transaction that is on its way. */
export interface Submitted {
  readonly hash: Hex
  /** Sends the same transaction again; absent where the wallet alone can. */
  readonly again?: () => Promise<unknown>
}

/** An account that can sign and pay: the embedded key and an injected wallet are the same to all others. */
export interface ChainWallet {
  /** Lower case. */
  readonly address: Hex
  readonly kind: 'key' | 'injected'
  /** EIP-712 signature, 65 bytes. Rejects with `HexhailError` 'wallet-refused' when the person says no. */
  signTypedData(
    domain: object,
    types: Readonly<Record<string, readonly TypedField[]>>,
    value: object,
  ): Promise<Hex>
  /** Signs and sends one transaction and does not wait for it; `createSender` keeps the order. */
  submit(
    rpc: Rpc,
    chain: { readonly chainId: number; readonly rpcUrl: string },
    call: Call,
    gas: bigint,
  ): Promise<Submitted>
  /** The vault's operations by this wallet. */
  writer(config: ChainConfig): ChainWriter
}
