/** What each operation of the vault costs: real transactions on anvil (osaka), second trip of the same parties. */

import { demoTariff } from '@hexhail/chain/demo-tariff.ts'
import { FARE_DOLLAR, FARE_VAULT, PERMITS, TARIFFS } from '@hexhail/chain/generated/abi.ts'
import { packHolds, packSettles } from '@hexhail/chain/packed-jobs.ts'
import { startAnvil } from '@hexhail/contracts/tools/anvil.ts'
import type { Details, Domain, Hex, Receipt, Terms } from '@hexhail/protocol/terms.ts'
import {
  detailsHash,
  RECEIPT_TYPES,
  receiptDigest,
  TERMS_TYPES,
  termsDigest,
  typedDomain,
} from '@hexhail/protocol/typed-data.ts'
import {
  Contract,
  ContractFactory,
  getBytes,
  getCreateAddress,
  id,
  JsonRpcProvider,
  keccak256,
  Signature,
  Wallet,
} from 'ethers'
import { holdSettleFloor, printPeers, TARGETS } from './gas-targets.ts'
import { SESSION_POINT, signBySession } from './session-signer.ts'

const FAR = 4_000_000_000
const SECRET = id('boarding') as Hex
const BATCH = 100

await using chain = await startAnvil(['--gas-limit', '100000000', '--block-base-fee-per-gas', '1'])
const provider = new JsonRpcProvider(chain.url, 31_337, {
  staticNetwork: true,
  batchMaxCount: 1,
  cacheTimeout: -1,
  pollingInterval: 10,
})
const [deployer, authority, driver, relayer] = (await provider.send('eth_accounts', [])) as [
  Hex,
  Hex,
  Hex,
  Hex,
]
const wallet = (name: string) => new Wallet(id(`gas bench ${name}`))
type Rider = ReturnType<typeof wallet>

interface Cost {
  readonly gas: number
  readonly bytes: number
  /** What its calldata alone costs. */
  readonly calldata: number
}

async function send(from: string, contract: Contract, method: string, args: unknown[]): Promise<Cost> {
  const data = contract.interface.encodeFunctionData(method, args)
  const request = { from, to: await contract.getAddress(), data, gas: '0x4c4b400' }
  const hash = await provider.send('eth_sendTransaction', [request])
  let receipt = null
  while (!receipt) receipt = await provider.send('eth_getTransactionReceipt', [hash])
  if (receipt.status !== '0x1') {
    const reason = await provider.send('eth_call', [request, 'latest']).catch((error: unknown) => error)
    const code = (reason as { info?: { error?: { data?: string } } }).info?.error?.data ?? ''
    throw new Error(`${method} was refused: ${contract.interface.parseError(code)?.name ?? reason}`)
  }
  const bytes = getBytes(data)
  const calldata = bytes.reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0)
  return { gas: Number(receipt.gasUsed), bytes: bytes.length, calldata }
}

async function deploy(
  part: { abi: readonly object[]; bytecode: string },
  args: unknown[],
): Promise<Contract> {
  const signer = await provider.getSigner(deployer)
  const nonce = await signer.getNonce()
  const contract = await new ContractFactory(part.abi as never, part.bytecode, signer).deploy(...args)
  await contract.waitForDeployment()
  return new Contract(getCreateAddress({ from: deployer, nonce }), part.abi as never, provider)
}

const token = await deploy(FARE_DOLLAR, [])
const tariffs = await deploy(TARIFFS, [])
const permits = await deploy(PERMITS, [])
const parts = await Promise.all([token, tariffs, permits].map(part => part.getAddress()))
const vault = await deploy(FARE_VAULT, parts)
const domain: Domain = { chainId: 31_337, vault: (await vault.getAddress()) as Hex }
await send(authority, tariffs, 'publish', [demoTariff(authority)])
await send(deployer, token, 'mint', [deployer, 10n ** 15n])
await send(deployer, token, 'approve', [await vault.getAddress(), 2n ** 255n])
const fund = (owner: string) => send(deployer, vault, 'deposit', [owner, 1_000_000_000n])

const details: Details = {
  cancelFee: 3_000_000n,
  noShowFee: 3_000_000n,
  freeUntil: FAR,
  lateAt: FAR,
  pickupBy: FAR,
  expiry: FAR,
  arbiter: authority,
  boarding: keccak256(SECRET) as Hex,
  record: id('trip record') as Hex,
}

const session = `0x${keccak256(SESSION_POINT).slice(-40)}` as Hex

const seqs = new Map<string, bigint>()
/** One trip with everything signed; figures of an ordinary ride of 7 km and 15 minutes. */
async function trip(rider: Rider, to: string, lane = 0) {
  const key = `${rider.address}/${lane}`
  const seq = seqs.get(key) ?? 0n
  seqs.set(key, seq + 1n)
  const terms: Terms = {
    rider: rider.address as Hex,
    driver: to as Hex,
    session,
    fare: 10_550_000n,
    hold: 15_000_000n,
    lane,
    seq,
    tariff: 1,
    metres: 7_000,
    secs: 900,
    bp: 10_000,
    acceptBy: FAR,
    details,
  }
  const digest = termsDigest(domain, terms)
  const receipt: Receipt = {
    terms: digest,
    index: 15,
    fare: 10_550_000n,
    wait: 250_000n,
    toll: 900_000n,
    tip: 1_000_000n,
    metres: 7_012,
    secs: 931,
    waitSecs: 180,
    record: id(`record ${digest}`) as Hex,
  }
  const typed = typedDomain(domain)
  return {
    terms,
    t: { ...terms, details: detailsHash(details) },
    r: receipt,
    digest,
    termsSig: await rider.signTypedData(typed, TERMS_TYPES as never, terms),
    riderSig: await rider.signTypedData(typed, RECEIPT_TYPES as never, receipt),
    sessionSig: signBySession(receiptDigest(domain, receipt)),
    driverSig: async (by: Rider) => by.signTypedData(typed, RECEIPT_TYPES as never, receipt),
  }
}

const rows: { operation: string; gas: number; bytes: number }[] = []
const put = (operation: string, cost: Omit<Cost, 'calldata'>, trips = 1) => {
  rows.push({ operation, gas: Math.round(cost.gas / trips), bytes: Math.round(cost.bytes / trips) })
  return cost.gas / trips
}
const twice = async (work: () => Promise<Cost[]>) => {
  await work()
  return (await work()) as [Cost, ...Cost[]]
}
const compact = (signature: string) => Signature.from(signature).compactSerialized

const floors: { readonly label: string; readonly floor: number }[] = []

const rider = wallet('rider')
for (const owner of [rider.address, driver, authority]) await fund(owner)

const [depositCost, withdrawCost] = await twice(async () => [
  await fund(driver),
  await send(driver, vault, 'withdraw', [driver, 1_000_000n]),
])
put('deposit by allowance', depositCost)
put('withdraw', withdrawCost!)

const usual = async (
  label: string,
  sig: (x: Awaited<ReturnType<typeof trip>>) => [string, string],
  lane = 0,
) => {
  const [held, settled] = await twice(async () => {
    const x = await trip(rider, driver, lane)
    const [termsSig, riderSig] = sig(x)
    return [
      await send(driver, vault, 'hold', [x.t, termsSig]),
      await send(driver, vault, 'settle', [x.t, x.r, riderSig, '0x']),
    ]
  })
  put(`hold, ${label}`, held)
  put(`settle, ${label}`, settled!)
  floors.push({ label, floor: holdSettleFloor(held.calldata, settled!.calldata) })
  return put(`hold + settle, ${label}`, { gas: held.gas + settled!.gas, bytes: held.bytes + settled!.bytes })
}
const holdSettle = await usual('wallet receipt', x => [x.termsSig, x.riderSig])
await usual('wallet receipt, 64-byte signatures', x => [compact(x.termsSig), compact(x.riderSig)])
await usual('P-256 session receipt', x => [x.termsSig, x.sessionSig])
await usual('wallet receipt, lane 1', x => [x.termsSig, x.riderSig], 1)

const paying = (receiptSig: 'riderSig' | 'sessionSig') =>
  twice(async () => {
    const x = await trip(rider, driver)
    return [await send(driver, vault, 'pay', [x.t, x.r, x.termsSig, x[receiptSig], '0x'])]
  })
const pay = put('pay, wallet receipt', (await paying('riderSig'))[0])
put('pay, P-256 session receipt', (await paying('sessionSig'))[0])

const ridersDriver = wallet('driver')
const [, relayed] = await twice(async () => {
  const x = await trip(rider, ridersDriver.address)
  const held = await send(relayer, vault, 'hold', [x.t, x.termsSig])
  return [held, await send(relayer, vault, 'settle', [x.t, x.r, x.riderSig, await x.driverSig(ridersDriver)])]
})
put('settle by a relayer (two signatures)', relayed!)

// The rare ways out; the rider sends some of them himself, so here he is an account of the node.
const held = async () => {
  const x = await trip(rider, driver)
  await send(driver, vault, 'hold', [x.t, x.termsSig])
  return x
}
await provider.send('anvil_impersonateAccount', [rider.address])
await provider.send('anvil_setBalance', [rider.address, '0xde0b6b3a7640000'])
const pass = async () => {
  await provider.send('evm_increaseTime', [15 * 86_400])
  await provider.send('evm_mine', [])
}
let x = await held()
const cancel = put('cancel by the rider', await send(rider.address, vault, 'cancel', [x.t, details]))
put('finalize a free cancel (the driver, at once)', await send(driver, vault, 'finalize', [x.t]))
x = await held()
put('release by the driver', await send(driver, vault, 'release', [x.t, details]))
x = await held()
const claimed = await send(driver, vault, 'claim', [x.t, details, 10_550_000n, SECRET])
await pass()
const finalized = await send(relayer, vault, 'finalize', [x.t])
put('claim with the boarding secret', claimed)
put('finalize a claim', finalized)
const claimFinalize = put('claim + finalize', {
  gas: claimed.gas + finalized.gas,
  bytes: claimed.bytes + finalized.bytes,
})
x = await held()
await send(driver, vault, 'claim', [x.t, details, 10_550_000n, SECRET])
put('contest', await send(rider.address, vault, 'contest', [x.t, 4_000_000n]))
put('rule', await send(authority, vault, 'rule', [x.t, details, 5_000_000n]))
put('revoke', await send(rider.address, vault, 'revoke', [0]))
put('collect', await send(relayer, vault, 'collect', [1]))
const [refunded] = await twice(async () => [
  await send(driver, vault, 'refund', [x.digest, rider.address, 1n]),
])
put('refund by the driver', refunded)

const riders = Array.from({ length: BATCH }, (_, i) => wallet(`rider ${i}`))
for (const each of riders) await fund(each.address)
const [many, settledMany] = await twice(async () => {
  const trips = await Promise.all(riders.map(each => trip(each, driver)))
  const holds = packHolds(trips.map(({ terms, termsSig }) => ({ terms, riderSig: compact(termsSig) as Hex })))
  const jobs = packSettles(
    trips.map(({ terms, r, riderSig }) => ({
      ...{ terms, receipt: r, driverSig: '0x' as const },
      riderSig: compact(riderSig) as Hex,
    })),
  )
  return [await send(driver, vault, 'holdMany', [holds]), await send(driver, vault, 'settleMany', [jobs])]
})
put(`holdMany of ${BATCH}, per trip`, many, BATCH)
put(`settleMany of ${BATCH}, one driver, per trip`, settledMany!, BATCH)
const batch = put(
  `batch of ${BATCH}, per trip`,
  { gas: many.gas + settledMany!.gas, bytes: many.bytes + settledMany!.bytes },
  BATCH,
)

const width = Math.max(...rows.map(row => row.operation.length))
for (const row of rows)
  console.log(
    `${row.operation.padEnd(width)} ${String(row.gas).padStart(8)} gas ${String(row.bytes).padStart(7)} bytes`,
  )

printPeers(width, holdSettle, floors.find(({ label }) => label === 'wallet receipt')!.floor)

const whole = Object.fromEntries(
  Object.entries({ holdSettle, pay, cancel, claimFinalize, batch100PerTrip: batch }).map(([k, v]) => [
    k,
    Math.round(v),
  ]),
)
const missed = Object.entries(TARGETS).filter(([key, most]) => whole[key]! > most)
for (const [key, most] of missed) console.error(`${key}: ${whole[key]} gas, ${most} at most`)
if (missed.length > 0) process.exitCode = 1
console.log(JSON.stringify(whole))
provider.destroy()
