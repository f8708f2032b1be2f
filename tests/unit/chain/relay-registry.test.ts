import { RELAY_REGISTRY_ABI } from '@hexhail/chain/generated/abi.ts'
import { registerRelay, unregisterRelay, withdrawRelayBond } from '@hexhail/chain/register-relay.ts'
import {
  isRelayAddr,
  type RelayRecord,
  relayAddrsOf,
  relayRecordsFrom,
} from '@hexhail/chain/relay-records.ts'
import { LIST_SELECTOR, readRelayListing, readRelays } from '@hexhail/chain/relay-registry.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import type { Hex } from '@hexhail/protocol/terms.ts'
import { Interface } from 'ethers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { localChain, QUICK } from './local-chain.ts'

const REGISTRY = new Interface(RELAY_REGISTRY_ABI)
const PEER = '12D3KooWGzxzKZYveHXtpG6AsrUJBcWxHBFS2HsEoGTxrMLvKXtf'
const addr = (n: number) => `/dns4/relay-${n}.example/tcp/443/tls/ws/p2p/${PEER}`
const encode = (nowS: number, records: readonly RelayRecord[]): string => {
  const rows = records.map(({ keeper, untilS, bondWei, text }) => [keeper, untilS, 0, bondWei, text])
  return REGISTRY.encodeFunctionResult('list', [nowS, rows])
}
const anyRecord: fc.Arbitrary<RelayRecord> = fc.record({
  keeper: fc
    .bigInt({ min: 0n, max: 2n ** 160n - 1n })
    .map(n => `0x${n.toString(16).padStart(40, '0')}` as const),
  untilS: fc.nat(2 ** 31),
  bondWei: fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }),
  text: fc.string({ maxLength: 512, unit: 'binary-ascii' }),
})

describe('a list that was read', () => {
  it('is the same as ethers reads', () => {
    expect(LIST_SELECTOR).toBe(REGISTRY.getFunction('list')!.selector)
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.array(anyRecord, { maxLength: 64 }), (nowS, records) => {
        const value = { nowS, records }
        expect(relayRecordsFrom(encode(nowS, records))).toEqual({ verdict: 'accept', value })
      }),
      { numRuns: 50 },
    )
  })

  it('is refused where it is more or longer than the contract lets it be', () => {
    const record = { keeper: `0x${'11'.repeat(20)}` as const, untilS: 9, bondWei: 0n, text: 'x' }
    const many = (count: number, text = 'x') =>
      relayRecordsFrom(
        encode(
          1,
          Array.from({ length: count }, () => ({ ...record, text })),
        ),
      ).verdict
    expect(many(64, 'x'.repeat(512))).toBe('accept')
    expect(many(65)).toBe('reject')
    expect(many(1, 'x'.repeat(513))).toBe('reject')
    expect(relayRecordsFrom(`0x${'00'.repeat(1_000_000)}`)).toEqual({ verdict: 'reject', code: 'length' })
    expect(relayRecordsFrom('0x')).toEqual({ verdict: 'reject', code: 'length' })
    expect(relayRecordsFrom(`0x${'zz'.repeat(96)}`)).toEqual({ verdict: 'reject', code: 'shape' })
  })

  it('is read or refused, never thrown at, whatever a node answers', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), maxLength: 64 })
    const damaged = fc
      .tuple(fc.array(anyRecord, { maxLength: 4 }), fc.nat(), digits, fc.nat(500))
      .map(([records, at, put, cut]) => {
        const text = encode(1, records)
        const from = 2 + (at % text.length)
        const whole = text.slice(0, from) + put + text.slice(from + put.length)
        return cut < 250 ? whole : whole.slice(0, whole.length - (cut - 250) * 64)
      })
    fc.assert(
      fc.property(
        fc.oneof(
          damaged,
          digits.map(text => `0x${text}`),
          fc.string(),
        ),
        answer => {
          const read = relayRecordsFrom(answer)
          if (read.verdict !== 'accept') return
          expect(read.value.records.length).toBeLessThanOrEqual(64)
          for (const record of read.value.records) {
            expect(record.text.length).toBeLessThanOrEqual(512)
            relayAddrsOf(record, 1)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('a record', () => {
  const record = { keeper: `0x${'11'.repeat(20)}` as const, untilS: 100, bondWei: 0n, text: addr(1) }
  it.each([
    [{ text: `${addr(1)} ${addr(2)}` }, [addr(1), addr(2)]],
    [{ untilS: 50 }, 'over'],
    [{ text: '' }, 'empty'],
    [{ text: Array(5).fill('/ip4/1.2.3.4/tcp/1').join(' ') }, 'too-many'],
    [{ text: `${addr(1)} /ip4/1.2.3.4/tcp/1` }, 'not-multiaddr'],
    [{ text: `${addr(1)}  ${addr(2)}` }, 'not-multiaddr'],
    [{ text: `${addr(1)}\n` }, 'not-multiaddr'],
    [{ text: '<script>alert(1)</script>' }, 'not-multiaddr'],
    [{ text: `/dns4/${'a'.repeat(200)}/p2p/${PEER}` }, 'not-multiaddr'],
  ] as const)('%j gives %j', (more, expected) => {
    const found = relayAddrsOf({ ...record, ...more }, 50)
    expect(found.verdict === 'accept' ? found.value : found.code).toEqual(expected)
  })

  it('may name any way to a relay', () => {
    const hash = `uEi${'A'.repeat(43)}`
    for (const way of [
      `/ip4/127.0.0.1/tcp/7011/ws/p2p/${PEER}`,
      `/ip6/2001:db8::1/tcp/443/wss/p2p/${PEER}`,
      `/ip4/203.0.113.7/udp/4001/webrtc-direct/certhash/${hash}/p2p/${PEER}`,
      `/dnsaddr/relays.example/p2p/${PEER}`,
    ])
      expect(isRelayAddr(way), way).toBe(true)
  })
})

describe('the registry', () => {
  let world: Awaited<ReturnType<typeof localChain>>
  let place: { chainId: number; rpcUrl: string; registry: Hex }
  beforeAll(async () => {
    world = await localChain()
    const { chainId, rpcUrl, contracts } = world.config
    place = { chainId, rpcUrl, registry: contracts.relayRegistry }
  })
  afterAll(() => world.anvil.stop())
  const keeper = async () => {
    const wallet = walletFromKey(createWalletKey(), QUICK)
    await world.faucet.fund(wallet.address, { coinWei: 10n ** 18n })
    return wallet
  }
  const DAY = 86_400
  const read = () => readRelays(world.rpc, place.registry)

  it('lists what keepers put there, the largest bond first, each once, and gives bonds back', async () => {
    const [a, b, c] = [await keeper(), await keeper(), await keeper()]
    expect(await read()).toEqual([])
    await registerRelay(place, a, { addrs: [addr(1)], forS: 365 * DAY }, QUICK)
    await registerRelay(place, b, { addrs: [addr(2), addr(1)], forS: 90 * DAY, bondWei: 5n }, QUICK)
    const { nowS } = await readRelayListing(world.rpc, place.registry)
    await world.rpc('anvil_impersonateAccount', [c.address])
    const data = REGISTRY.encodeFunctionData('put', ['junk', nowS + 90 * DAY])
    await world.rpc('eth_sendTransaction', [{ from: c.address, to: place.registry, data, value: '0x9' }])
    expect(await read()).toEqual([addr(2), addr(1)])
    const { entries } = await readRelayListing(world.rpc, place.registry)
    expect(entries.map(({ addrs }) => addrs)).toEqual(['not-multiaddr', [addr(2), addr(1)], [addr(1)]])

    await registerRelay(place, a, { addrs: [addr(3)], forS: DAY, bondWei: 20n }, QUICK)
    expect(await read()).toEqual([addr(3), addr(2), addr(1)])
    await unregisterRelay(place, a, QUICK)
    expect(await read()).toEqual([addr(2), addr(1)])
    await expect(withdrawRelayBond(place, a, QUICK)).rejects.toMatchObject({ code: 'too-early' })
    await world.rpc('evm_increaseTime', [30 * DAY])
    const before = BigInt((await world.rpc('eth_getBalance', [place.registry, 'latest'])) as string)
    await withdrawRelayBond(place, a, QUICK)
    expect(BigInt((await world.rpc('eth_getBalance', [place.registry, 'latest'])) as string)).toBe(
      before - 20n,
    )
  })

  it('that is full gives a place for a larger bond, and that of a record that is over for nothing', async () => {
    const { nowS, entries } = await readRelayListing(world.rpc, place.registry)
    const strangers = Array.from(
      { length: 64 - entries.length },
      (_, i) => `0x${String(i).padStart(40, 'a')}`,
    )
    for (const [i, from] of strangers.entries()) {
      await world.rpc('anvil_impersonateAccount', [from])
      await world.rpc('anvil_setBalance', [from, '0xde0b6b3a7640000'])
      const until = nowS + (i === 7 ? 5_000 : 50_000)
      const data = REGISTRY.encodeFunctionData('put', [addr(i), until])
      await world.rpc('eth_sendTransaction', [{ from, to: place.registry, data, value: '0x3' }])
    }
    const late = await keeper()
    const entry = { addrs: [addr(999)], forS: DAY }
    const refused = registerRelay(place, late, { ...entry, bondWei: 3n }, QUICK)
    await expect(refused).rejects.toMatchObject({ code: 'registry-full', data: { bondWei: 3n } })
    await registerRelay(place, late, { ...entry, bondWei: 4n }, QUICK)
    expect(await read()).toContain(addr(999))
    await world.rpc('evm_increaseTime', [5_001])
    await world.rpc('evm_mine', [])
    await registerRelay(place, await keeper(), { ...entry, addrs: [addr(1_000)] }, QUICK)
    const after = await readRelayListing(world.rpc, place.registry)
    expect(after.entries.length).toBe(64)
    expect(after.entries.map(({ record }) => record.keeper)).not.toContain(strangers[7])
    expect(await read()).toContain(addr(1_000))
  })

  it('takes no record that no reader would take', async () => {
    const wallet = await keeper()
    for (const entry of [
      { addrs: [], forS: DAY },
      { addrs: ['/ip4/1.2.3.4'], forS: DAY },
      { addrs: Array.from({ length: 5 }, (_, i) => addr(i)), forS: DAY },
      { addrs: [addr(1)], forS: 59 },
      { addrs: [addr(1)], forS: 366 * DAY },
    ])
      await expect(registerRelay(place, wallet, entry, QUICK)).rejects.toMatchObject({
        code: 'bad-relay-entry',
      })
  })

  it('is known from what is none', async () => {
    for (const other of [world.config.contracts.vault, nobody])
      await expect(readRelays(world.rpc, other)).rejects.toThrow()
    await expect(readRelays(world.rpc, nobody)).rejects.toMatchObject({ code: 'bad-registry' })
  })
})

const nobody: Hex = `0x${'0e'.repeat(20)}`
