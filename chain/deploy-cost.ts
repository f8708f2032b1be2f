import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { formatUnits, id } from 'ethers'
import { missingParts } from './deploy.ts'
import { FACTORY, type Part, type PartName } from './deployment.ts'
import type { Rpc } from './rpc.ts'
import { numberOf, wordsOf } from './words.ts'

/** Decimals that the vault counts in. */
const DECIMALS = 6

/** Gas of a creation: the floor of a transaction, 200 a byte of code kept, 16 a byte sent and the hash of it. */
const creationGas = (bytes: number): number => 53_000 + Math.ceil(bytes * 222)

/** What a deployment would send and cost, line by line; nothing is sent. @throws {HexhailError} as `missingParts` */
export async function deployCost(
  rpc: Rpc,
  parts: Record<PartName, Part>,
): Promise<{ readonly rows: string[]; readonly total: string }> {
  const missing = new Set((await missingParts(rpc, parts)).map(part => part.name))
  let gas = 0
  const rows: string[] = []
  for (const part of Object.values(parts)) {
    const line = `${part.name.padEnd(13)} ${part.address}  `
    if (!missing.has(part.name)) {
      rows.push(`${line}is there`)
      continue
    }
    const own = await gasOf(rpc, part)
    gas += own
    rows.push(`${line}about ${own.toLocaleString('en')} gas`)
  }
  const price = BigInt((await rpc('eth_gasPrice', [])) as string)
  const coin = formatUnits(price * BigInt(gas))
  return { rows, total: `${missing.size} to put there, about ${gas.toLocaleString('en')} gas: ${coin} coin` }
}

/** Asked of the chain where the part can stand now; a part over one that is missing itself is reckoned. */
async function gasOf(rpc: Rpc, { data, codeBytes }: Part): Promise<number> {
  try {
    return Number(await rpc('eth_estimateGas', [{ to: FACTORY, data }]))
  } catch (error) {
    if (error instanceof HexhailError && error.code === 'rpc-error') return creationGas(codeBytes)
    throw error
  }
}

/** Why a token cannot be the vault's, with what to do; null: it can. */
export async function tokenFault(rpc: Rpc, token: Hex): Promise<string | null> {
  const data = id('decimals()').slice(0, 10)
  try {
    const [word] = wordsOf((await rpc('eth_call', [{ to: token, data }, 'latest'])) as string)
    if (word === undefined) return `There is no token at ${token}: correct the address.`
    if (numberOf(word) === DECIMALS) return null
    return `The token at ${token} has ${numberOf(word)} decimals, the vault takes ${DECIMALS}: choose another.`
  } catch (error) {
    if (error instanceof HexhailError && error.code === 'rpc-error')
      return `The contract at ${token} is no token: correct the address.`
    throw error
  }
}
