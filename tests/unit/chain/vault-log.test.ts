import { FARE_DOLLAR_ABI, FARE_VAULT_ABI, PERMITS_ABI, TARIFFS_ABI } from '@hexhail/chain/generated/abi.ts'
import { PERMIT_OF } from '@hexhail/chain/permit-reader.ts'
import { SELECTORS, tariffFrom } from '@hexhail/chain/reader.ts'
import { codeOf, revertFault } from '@hexhail/chain/revert.ts'
import { factOf, type RawLog, TOPICS } from '@hexhail/chain/vault-log.ts'
import { wordsOf } from '@hexhail/chain/words.ts'
import type { ChainFact } from '@hexhail/protocol/chain-fact.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { AbiCoder, type EventFragment, Interface } from 'ethers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const VAULT = new Interface(FARE_VAULT_ABI)
const fragmentOf = (fact: ChainFact['fact']): EventFragment =>
  VAULT.getEvent(fact[0]!.toUpperCase() + fact.slice(1))!
/** Where the fact's name of a value is not the contract's. */
const RENAMED: Readonly<Record<string, string>> = { deadline: 'deadlineS' }

/** Any value of a static Solidity type. */
function anyOf(type: string): fc.Arbitrary<bigint | boolean | string> {
  if (type === 'bool') return fc.boolean()
  const bits = type === 'address' ? 160 : type === 'bytes32' ? 256 : Number(type.slice(4))
  const number = fc.bigInt({ min: 0n, max: 2n ** BigInt(bits) - 1n })
  return type.startsWith('uint') ? number : number.map(n => `0x${n.toString(16).padStart(bits / 4, '0')}`)
}

describe('what is read by hand', () => {
  it('has the topics and selectors of the contracts', () => {
    for (const fact of Object.keys(TOPICS) as ChainFact['fact'][])
      expect(TOPICS[fact]).toBe(fragmentOf(fact).topicHash)
    const all = [FARE_VAULT_ABI, FARE_DOLLAR_ABI, PERMITS_ABI, TARIFFS_ABI].map(abi => new Interface(abi))
    for (const [name, selector] of Object.entries({ ...SELECTORS, permitOf: PERMIT_OF }))
      expect(all.map(abi => abi.getFunction(name)?.selector)).toContain(selector)
  })

  it.each(Object.keys(TOPICS) as ChainFact['fact'][])('is the same as ethers reads: %s', fact => {
    const fragment = fragmentOf(fact)
    fc.assert(
      fc.property(fc.tuple(...fragment.inputs.map(input => anyOf(input.type))), values => {
        const { data, topics } = VAULT.encodeEventLog(fragment, values)
        const place = { blockHash: `0x${'bb'.repeat(32)}`, transactionHash: `0x${'aa'.repeat(32)}` } as const
        const log = { ...place, address: '0x', topics, data, blockNumber: '0x10', logIndex: '0x2' } as RawLog
        const told = factOf(log, 77) as unknown as Record<string, unknown>
        expect(told).toMatchObject({ fact, blockNumber: 16, logIndex: 2, timestampS: 77 })
        fragment.inputs.forEach((input, i) => {
          const value = told[RENAMED[input.name] ?? input.name]
          expect(typeof value === 'number' ? BigInt(value) : value).toBe(values[i])
        })
        expect(Object.keys(told).length).toBe(6 + fragment.inputs.length)
      }),
      { numRuns: 20 },
    )
  })

  it('reads nothing out of other events and of junk', () => {
    const log = {
      address: '0x',
      blockNumber: '0x1',
      logIndex: '0x1',
      blockHash: '0x',
      transactionHash: '0x',
    } as const
    fc.assert(
      fc.property(
        fc.constantFrom<Hex>(...Object.values(TOPICS), '0x12'),
        fc.nat(5),
        fc.nat(9),
        (topic, more, words) => {
          const topics = [topic, ...Array.from({ length: more }, (): Hex => `0x${'00'.repeat(32)}`)]
          const told = factOf({ ...log, topics, data: `0x${'00'.repeat(words * 32)}` }, 0)
          const fragment = VAULT.getEvent(topic)
          const indexed = fragment?.inputs.filter(input => input.indexed).length ?? -1
          if (more !== indexed || words !== fragment!.inputs.length - indexed) expect(told).toBe(null)
        },
      ),
    )
  })

  it('has every field of a tariff under its name', () => {
    const get = new Interface(TARIFFS_ABI).getFunction('get')!
    const fields = get.outputs[0]!.components!
    const odd: Record<string, string | number | boolean> = {
      address: `0x${'0a'.repeat(20)}`,
      bytes32: `0x${'0b'.repeat(32)}`,
      int16: -180,
      bool: true,
    }
    const values = fields.map((field, i) => odd[field.type] ?? i)
    const words = wordsOf(AbiCoder.defaultAbiCoder().encode(get.outputs, [values]))
    expect(tariffFrom(words)).toEqual(Object.fromEntries(fields.map((field, i) => [field.name, values[i]])))
  })
})

describe('a refusal', () => {
  it('of any custom error of the contracts has a code and a sentence', () => {
    const codes = new Set<string>()
    for (const abi of [FARE_VAULT_ABI, FARE_DOLLAR_ABI, PERMITS_ABI, TARIFFS_ABI]) {
      const contract = new Interface(abi)
      contract.forEachError(error => {
        const values = error.inputs.map(
          input => fc.sample(anyOf(input.type === 'string' ? 'bool' : input.type), 1)[0],
        )
        if (error.inputs.some(input => input.type === 'string')) return
        const fault = revertFault(contract.encodeErrorResult(error, values))
        expect(fault?.code).toBe(codeOf(error.name))
        expect(fault?.code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
        expect(fault?.message).toMatch(/\.$/)
        codes.add(fault!.code)
      })
    }
    expect(codes).toContain('wrong-sequence')
    expect(codes).toContain('erc3009-used-authorization')
  })

  it('with data that no contract of ours gives has none', () => {
    for (const data of ['0x', '0x12345678', undefined, 7]) expect(revertFault(data)).toBe(null)
  })
})
