import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'

/** One JSON-RPC call; rejects with `HexhailError` 'rpc-down' (no answer) or 'rpc-error' (the node refused). */
export type Rpc = (method: string, params: readonly unknown[], signal?: AbortSignal) => Promise<unknown>

/** What can be passed in to `createRpc`. */
export interface RpcOptions {
  readonly fetch?: typeof globalThis.fetch
  /** An answer that takes longer counts as none. */
  readonly timeoutMs?: number
}

interface Answer {
  readonly result?: unknown
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: unknown }
}

/** JSON-RPC over HTTP, one request a call: no batches, no cache, no state. */
export function createRpc(rpcUrl: string, options: RpcOptions = {}): Rpc {
  const { fetch = globalThis.fetch.bind(globalThis), timeoutMs = 15_000 } = options
  let id = 0
  return async (method, params, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs)
    let answer: Answer
    try {
      const response = await fetch(rpcUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      answer = (await response.json()) as Answer
    } catch (cause) {
      throw new HexhailError('rpc-down', `The chain at ${rpcUrl} does not answer.`, { rpcUrl, method }, cause)
    }
    if (answer?.error) {
      const { code, message = 'no reason given', data } = answer.error
      throw new HexhailError('rpc-error', `The chain refused ${method}: ${message}`, {
        method,
        code,
        message,
        data,
      })
    }
    if (answer?.result === undefined)
      throw new HexhailError('rpc-down', `${rpcUrl} gave no JSON-RPC answer.`, { rpcUrl, method })
    return answer.result
  }
}

/** True for the error of a node that did not answer, so that the call may be made again. */
export function isRpcDown(error: unknown): boolean {
  return error instanceof HexhailError && error.code === 'rpc-down'
}

/** A number in the form that JSON-RPC takes. */
export function quantity(value: number | bigint): Hex {
  return `0x${value.toString(16)}`
}
