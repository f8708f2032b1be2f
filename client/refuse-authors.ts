import type { Contradictions } from '@hexhail/protocol/contradictions.ts'
import type { DriverEvent, DriverState } from '@hexhail/protocol/driver-state.ts'
import { toHex } from '@hexhail/protocol/hex.ts'

/** Puts away what an author asks for once he is proven to have contradicted himself. Returns the way to stop. */
export function refuseAuthors(
  contradictions: Contradictions | undefined,
  shift: () => Pick<DriverState, 'cards'>,
  dispatch: (event: DriverEvent) => void,
): () => void {
  const stop = contradictions?.onNew(proof => {
    const author = toHex(proof.key)
    for (const { key, request } of shift().cards)
      if (key === author) dispatch({ type: 'ignore', requestId: toHex(request.requestId) })
  })
  return stop ?? (() => {})
}
