import { FARE_DOLLAR, FARE_VAULT, PERMITS, SOURCES_HASH, TARIFFS } from '@hexhail/chain/generated/abi.ts'
import { sourcesHash } from '@hexhail/contracts/tools/build.ts'
import { foundryBinary } from '@hexhail/contracts/tools/foundry-binary.ts'
import { expect, it } from 'vitest'

it('chain/generated/abi.ts is of the sources as they are (else: node contracts/tools/build.ts)', () => {
  expect(SOURCES_HASH).toBe(sourcesHash())
})

it('the vault fits the code limit of a chain (EIP-170), creation code and constructor included', () => {
  for (const { bytecode } of [FARE_VAULT, FARE_DOLLAR, TARIFFS, PERMITS])
    expect((bytecode.length - 2) / 2).toBeLessThan(28_000)
})

it('every event of the vault has only fields of one word, so that a follower reads them by position', () => {
  const events = FARE_VAULT.abi.filter(
    entry => entry.type === 'event' && entry.name !== 'EIP712DomainChanged',
  )
  expect(events.length).toBe(12)
  for (const { inputs } of events)
    for (const { type } of inputs) expect(type).toMatch(/^(address|bool|bytes32|uint\d+)$/)
})

it('the native forge and anvil of this machine are installed', () => {
  expect(foundryBinary('forge')).toMatch(/forge/)
  expect(foundryBinary('anvil')).toMatch(/anvil/)
})
