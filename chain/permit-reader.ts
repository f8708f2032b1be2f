import type { Hex } from '@hexhail/protocol/terms.ts'
import { contractCall } from './contract-call.ts'
import type { ChainReader } from './ports.ts'
import type { Rpc } from './rpc.ts'
import { bytes32Of, numberOf, uintOf } from './words.ts'

/** First four bytes of `permitOf` (tests/unit/chain/vault-log.test.ts). */
export const PERMIT_OF = '0x94341d6e'

/** Reads permits of one register. */
export function createPermitReader(rpc: Rpc, permits: Hex): Pick<ChainReader, 'permit'> {
  const call = contractCall(rpc)
  return {
    async permit(authority, driver) {
      const [until, credential, car] = await call(permits, PERMIT_OF, [authority, driver], 3)
      const vehicle = uintOf(car!) === 0n ? null : bytes32Of(car!)
      return { untilS: numberOf(until!), credential: bytes32Of(credential!), vehicle }
    },
  }
}
