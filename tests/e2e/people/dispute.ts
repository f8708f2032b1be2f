import { createFaucet } from '@hexhail/chain/faucet.ts'
import { grantPermit } from '@hexhail/chain/grant-permit.ts'
import { createReader } from '@hexhail/chain/reader.ts'
import { signTerms } from '@hexhail/chain/typed.ts'
import { createWalletKey, localChainKey, walletFromKey } from '@hexhail/chain/wallet-key.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import type { Hex, Terms } from '@hexhail/protocol/terms.ts'
import { termsDigest } from '@hexhail/protocol/typed-data.ts'
import { keccak_256 } from '@noble/hashes/sha3.js'
import type { StackFile } from '../stack/stack.ts'

const UNIT = 1_000_000n
/** What the driver claims, and what of it the rider admits. */
export const CLAIMED = 5n * UNIT
export const ADMITTED = UNIT
/** An account of the local chain that nothing else of the demo sends from. */
const PAYER = 5

/**
 * Two people who use the contracts without any page: a trip that is held, claimed and contested. Its id. The authority
 * permits the driver, and is the arbiter.
 */
export async function contestTrip({ config }: StackFile): Promise<Hex> {
  const authority = walletFromKey(localChainKey(0))
  const [rider, driver] = [walletFromKey(createWalletKey()), walletFromKey(createWalletKey())]
  const faucet = createFaucet(config, walletFromKey(localChainKey(PAYER)))
  await faucet.fund(rider.address, { coinWei: 10n ** 17n, token: 20n * UNIT })
  await faucet.fund(driver.address, { coinWei: 10n ** 17n })
  await rider.writer(config).deposit(20n * UNIT)
  const credential = toHex(new Uint8Array(32).fill(1))
  await grantPermit(config, authority, { driver: driver.address, untilS: 4_000_000_000, credential })
  const secret = crypto.getRandomValues(new Uint8Array(32))
  const { timestampS: nowS } = await createReader(config).head()
  const terms: Terms = {
    ...{ rider: rider.address, driver: driver.address, session: rider.address },
    ...{ fare: CLAIMED, hold: 8n * UNIT, lane: 0, seq: 0n, tariff: config.tariffId },
    ...{ metres: 4_000, secs: 600, bp: 10_000, acceptBy: nowS + 300 },
    details: {
      ...{ cancelFee: 2n * UNIT, noShowFee: UNIT, arbiter: authority.address },
      ...{ freeUntil: nowS + 120, lateAt: nowS + 900, pickupBy: nowS + 900, expiry: nowS + 7_200 },
      ...{ boarding: toHex(keccak_256(secret)), record: toHex(new Uint8Array(32).fill(7)) },
    },
  }
  const domain = { chainId: config.chainId, vault: config.contracts.vault }
  const asDriver = driver.writer(config)
  await asDriver.hold(terms, await signTerms(rider, domain, terms))
  await asDriver.claim(terms, CLAIMED, toHex(secret))
  await rider.writer(config).contest(terms, ADMITTED)
  return termsDigest(domain, terms)
}
