/**
 * Random trips under random tariffs by `protocol/tariff.ts`, one digest a thousand, which `Tariffs.t.sol` must come to
 * as well: `node tests/vectors/make-tariff-trips.ts` writes tests/vectors/tariff-trips.json (10,000 trips),
 * `-- 1000000` runs so many through the Solidity and keeps no file.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '@hexhail/contracts/tools/build.ts'
import { FIELDS } from '@hexhail/contracts/tools/tariff-vectors.ts'
import { forge, ROOT } from '@hexhail/contracts/tools/forge.ts'
import { record } from '@hexhail/contracts/tools/recorded.ts'
import { cancelFeeOf, fareOf, levyOf, type Tariff, waitOf } from '@hexhail/protocol/tariff.ts'

const PER_TARIFF = 1_000
const FILE = join(ROOT, 'tests', 'vectors', 'tariff-trips.json')

const word = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const sha256 = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()
const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)

/** `w >> shift` modulo `m`. */
const part = (w: bigint, shift: bigint, m: bigint): number => Number((w >> shift) % m)
const low32 = (w: bigint, shift: bigint): number => Number((w >> shift) & 0xffffffffn)

function randomTariff(i: number): Tariff {
  const w = numberOf(sha256(word(BigInt(i))))
  return {
    ...(Object.fromEntries(Object.keys(FIELDS).map(field => [field, 0])) as unknown as Tariff),
    base: part(w, 0n, 2_000n),
    perKm: part(w, 16n, 1_000n),
    perMin: part(w, 32n, 300n),
    minimum: part(w, 48n, 1_500n),
    levyBps: part(w, 64n, 2_001n),
    waitPerMin: part(w, 80n, 200n),
    freeWaitS: part(w, 96n, 600n),
    minBp: 1 + part(w, 112n, 10_000n),
    maxBp: 10_000 + part(w, 128n, 55_536n),
    cancelMin: part(w, 144n, 200n),
    cancelMax: 200 + part(w, 160n, 1_000n),
    cancelPerKm: part(w, 176n, 300n),
    cancelPerMin: part(w, 192n, 100n),
    cancelBp: part(w, 208n, 10_001n),
    ...(i % 2 === 1 && {
      sectionM: part(w, 224n, 20_000n),
      perKmBeyond: part(w, 232n, 500n),
      levyFlat: part(w, 240n, 50n),
      roundTo: part(w, 248n, 30n),
    }),
  }
}

function trip(t: Tariff, w: bigint): Buffer {
  const metres = (w & 7n) === 0n ? low32(w, 8n) : low32(w, 8n) % 60_000
  const secs = ((w >> 3n) & 7n) === 0n ? low32(w, 40n) : low32(w, 40n) % 7_200
  const bp = t.minBp + (low32(w, 72n) % (t.maxBp - t.minBp + 1))
  const fare = fareOf(t, metres, secs, bp)
  const results = [
    fare,
    waitOf(t, low32(w, 104n) % 4_000),
    levyOf(t, fare),
    cancelFeeOf(t, fare, low32(w, 136n) % 20_000, low32(w, 168n) % 5_000),
  ]
  return Buffer.concat(results.map(word))
}

/** The file's text for so many trips. */
export function tripsText(trips: number): string {
  const digests = Array.from({ length: trips / PER_TARIFF }, (_, i) => {
    const tariff = randomTariff(i)
    let digest: Buffer = Buffer.alloc(32)
    for (let j = 0; j < PER_TARIFF; j++)
      digest = sha256(digest, trip(tariff, numberOf(sha256(word(BigInt(i)), word(BigInt(j))))))
    return `    "0x${digest.toString('hex')}"`
  })
  return `{\n  "trips": ${trips},\n  "digests": [\n${digests.join(',\n')}\n  ]\n}\n`
}

async function runThrough(trips: number): Promise<boolean> {
  const built = await build(true)
  if (!built.ok) throw new Error(built.output)
  const long = join('contracts', 'out', 'tariff-trips.json')
  mkdirSync(join(ROOT, 'contracts', 'out'), { recursive: true })
  writeFileSync(join(ROOT, long), tripsText(trips))
  Object.assign(process.env, { FOUNDRY_PROFILE: 'test', TARIFF_TRIPS: long })
  const run = await forge(['test', '--match-test', 'test_RandomTrips', '--gas-snapshot-emit', 'false'], true)
  rmSync(join(ROOT, long))
  return run.code === 0 && /1 tests passed/.test(run.output)
}

if (import.meta.main) {
  const trips = Number(process.argv[2] ?? 0)
  if (trips === 0) writeFileSync(FILE, tripsText(10_000))
  else if (await runThrough(trips)) record('tariffTrips', { trips })
  else process.exitCode = 1
}
