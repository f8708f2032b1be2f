import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import type { Rpc } from './rpc.ts'
import { wordOf, wordsOf } from './words.ts'

/** A call of a contract by hand: at least `size` words of its answer. @throws {HexhailError} 'no-contract' where none answers */
export const contractCall =
  (rpc: Rpc) =>
  async (to: Hex, selector: string, args: readonly (Hex | number)[], size: number): Promise<string[]> => {
    const data = selector + args.map(wordOf).join('')
    const answer = (await rpc('eth_call', [{ to, data }, 'latest'])) as string
    const words = wordsOf(answer)
    if (words.length < size)
      throw new HexhailError(
        'no-contract',
        `No Hexhail contract answers at ${to}: deploy, or correct the address.`,
        { address: to },
      )
    return words
  }
