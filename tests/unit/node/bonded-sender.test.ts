/** A relay under load on a real chain: it hears who is bonded for the usual work, and refuses who is not. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { otherContracts } from '@hexhail/chain/deployment.ts'
import { followKeyBonds } from '@hexhail/chain/key-bonds.ts'
import { layKeyBond } from '@hexhail/chain/lay-key-bond.ts'
import { createWalletKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { bondedLeaf } from '@hexhail/client/bonded-leaf.ts'
import { gossipValidator } from '@hexhail/client/gossip.ts'
import type { GossipVerdict, Leaf } from '@hexhail/net/ports.ts'
import { writeAddresses } from '@hexhail/node/addresses.ts'
import { relayGossip } from '@hexhail/node/relay-gossip.ts'
import { keyBondPlace } from '@hexhail/node/relay-registry.ts'
import { createAskedWork } from '@hexhail/protocol/asked-work.ts'
import { authorOf, envelopeWork, openEnvelope } from '@hexhail/protocol/envelope.ts'
import { hexDigits } from '@hexhail/protocol/hex.ts'
import { KEY_BOND_LEAST } from '@hexhail/protocol/key-bond.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey, type SessionKey } from '@hexhail/protocol/session-key.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { someRequest } from '../../attack/floods.ts'
import { localChain, QUICK, UNIT } from '../chain/local-chain.ts'
import { createSwarm, inbox, until } from '../net/swarm.ts'
import { CELL, CHAIN, sealRequest, TOPIC } from '../protocol/some-gossip.ts'

const HEXHAIL = fileURLToPath(new URL('../../../node/hexhail.ts', import.meta.url))
const random = createSeeded(11).next
let world: Awaited<ReturnType<typeof localChain>>
beforeAll(async () => {
  world = await localChain()
})
afterAll(() => world.anvil.stop())

it('a relay that asks for more work delivers what a bonded key says for the usual, and nobody else', async () => {
  await using swarm = createSwarm()
  let nowMs = Date.now()
  const now = () => nowMs
  const place = keyBondPlace(CHAIN, otherContracts().keyBonds, world.config.rpcUrl)!
  await using bonds = await followKeyBonds(place, now, { pollMs: 50 })
  const asked = createAskedWork({ perS: 2, graceMs: 0 })
  const { isBonded } = bonds
  const gossip = relayGossip({ chainId: CHAIN, messagesPerS: 500, seen: createSeen(), now, asked, isBonded })
  const verdicts = inbox<GossipVerdict>()
  let said = 0
  const relay = await swarm.relay({
    asked,
    authorOf,
    now,
    takesBonds: true,
    validate: async (...message) => {
      const verdict = await gossip.validate(...message)
      verdicts.put(verdict)
      return verdict
    },
  })
  const leaf = () => swarm.leaf([relay], { validate: gossipValidator(CHAIN, now), authorOf, now })
  const [driver, crowd, rider] = [await leaf(), await leaf(), await leaf()]
  const heard = inbox<string>()
  driver.subscribe(TOPIC, data => heard.put(hexDigits(data)))
  await Promise.all([crowd, rider].map(each => until(each, () => each.audience(TOPIC) > 0)))

  /** Publishes a request stamped with these bits, by luck with no more; resolves with the relay's verdict. */
  const say = async (by: Leaf, session: SessionKey, workBits = by.workBits()): Promise<GossipVerdict> => {
    for (;;) {
      const data = await sealRequest(session, {
        body: someRequest(CELL, random),
        issuedAtMs: now(),
        workBits,
      })
      const opened = openEnvelope(data)
      if (opened.verdict !== 'accept') throw new Error(opened.code)
      if (envelopeWork(TOPIC, opened.value) !== workBits) continue
      await by.publish(TOPIC, data)
      return (await verdicts.take(++said))[said - 1]!
    }
  }

  for (let second = 0; second < 2; second++) {
    for (let i = 0; i < 3; i++)
      expect(await say(crowd, await createSessionKey(), 12 + 2 * second)).toBe('accept')
    nowMs += 1000
  }
  expect(asked.enforced(now())).toBe(16)
  await until(rider, () => rider.workBits() === 16)

  const session = await createSessionKey()
  const bonded = bondedLeaf(rider, () => isBonded(session.address, now()), now)
  expect(bonded.workBits()).toBe(16)
  expect(await say(rider, session, 12)).toBe('ignore')
  expect(gossip.counts.get('ignore asked')).toBe(1)

  const payer = walletFromKey(createWalletKey(), QUICK)
  await world.faucet.fund(payer.address, { coinWei: 10n ** 17n, token: KEY_BOND_LEAST })
  await layKeyBond(place, payer, session.address, { amount: KEY_BOND_LEAST, days: 1 }, QUICK)
  await bonds.caughtUp()
  const before = heard.all.length
  expect(rider.workBits()).toBe(16)
  expect(await say(bonded, session)).toBe('accept')
  await heard.take(before + 1)
  expect(await say(rider, await createSessionKey(), 12)).toBe('ignore')
  expect(await say(rider, await createSessionKey())).toBe('accept')

  nowMs += 2 * 86_400_000
  expect(asked.enforced(now())).toBe(15)
  expect(await say(rider, session, 12)).toBe('ignore')
  expect(gossip.counts.get('ignore asked')).toBe(3)
})

it('a program bonds its key by the command line, and gets the money back when its time is over', async () => {
  const home = mkdtempSync(join(tmpdir(), 'hexhail-bond-'))
  const key = createWalletKey()
  const { address } = walletFromKey(key)
  await world.faucet.fund(address, { coinWei: 10n ** 17n, token: 25n * UNIT })
  const { config, tariffId, authority } = world
  const others = otherContracts()
  writeAddresses(join(home, 'addresses.json'), { ...config, tariffId, authority: authority.address, others })
  const session = await createSessionKey()
  const bond = (...words: string[]) => {
    const env = { PATH: process.env.PATH ?? '', HEXHAIL_KEY: key }
    const run = spawnSync(process.execPath, [HEXHAIL, 'bond', ...words], { cwd: home, env, encoding: 'utf8' })
    return { status: run.status, text: run.stdout + run.stderr }
  }
  try {
    const funded = bond('fund', hexDigits(session.publicKey))
    expect(funded).toMatchObject({ status: 0, text: /20\.000000 until \S+; relays count it/ })
    expect(funded.text).toContain(session.address)
    expect(bond('defund', session.address)).toMatchObject({ status: 1, text: /The bond lies until/ })
    await world.rpc('evm_increaseTime', [2 * 86_400])
    await world.rpc('evm_mine', [])
    expect(bond('defund', session.address)).toMatchObject({ status: 0, text: /20\.000000 paid out to/ })
    expect(bond('show', session.address)).toMatchObject({ status: 0, text: /nothing; no relay counts it/ })
    expect(await world.reader.tokenBalance(address)).toBe(25n * UNIT)
    expect(bond('fund', '0x12')).toMatchObject({ status: 2, text: /KEY takes an address/ })
  } finally {
    rmSync(home, { recursive: true })
  }
})

it('bonds are named by two options', () => {
  expect(keyBondPlace(1, null, 'http://127.0.0.1:1')).toBe(null)
  expect(() => keyBondPlace(1, '0x', null)).toThrow('need both')
  expect(() => keyBondPlace(1, '0x12', 'http://127.0.0.1:1')).toThrow('--key-bonds takes an address')
})
