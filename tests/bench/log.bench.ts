/**
 * What a public log of a million leaves costs: appended in files, opened again, proofs made and checked, in the same run
 * with the hashes in plain JavaScript as pages have them. `npm run bench -- log [--leaves 1000000] [--bytes 700] [--seed 7]`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { toBase64 } from '@hexhail/audit/base64.ts'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { openFileDisk } from '@hexhail/audit/log/file-disk.ts'
import { nodeSha256 } from '@hexhail/audit/log/node-sha256.ts'
import { NOTE_ALGORITHM, noteSigner, vkeyOf } from '@hexhail/audit/log/note-key.ts'
import { openTileStore } from '@hexhail/audit/log/tile-store.ts'
import { openLog } from '@hexhail/audit/log/transparency-log.ts'
import { TREE_HASH, treeHash } from '@hexhail/audit/log/tree-hash.ts'
import { inclusionRanges } from '@hexhail/audit/log/tree-nodes.ts'
import { checkInclusion } from '@hexhail/audit/log/tree-proof.ts'

const { values } = parseArgs({
  options: {
    leaves: { type: 'string', default: '1000000' },
    bytes: { type: 'string', default: '700' },
    seed: { type: 'string', default: '7' },
    proofs: { type: 'string', default: '2000' },
  },
})
const [leaves, bytes, proofs] = [Number(values.leaves), Number(values.bytes), Number(values.proofs)]
const HASH = treeHash(nodeSha256)
const BATCH = 1_024

let state = Number(values.seed) | 0
/** mulberry32 */
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const entry = (): Uint8Array => {
  const out = new Uint8Array(bytes)
  new Uint32Array(out.buffer, 0, bytes >> 2).forEach((_, i, words) => {
    if (i < 8) words[i] = random() * 2 ** 32
  })
  return out
}
const round = (n: number, digits = 2): number => Number(n.toFixed(digits))
/** Seconds that it takes. */
async function timed<T>(run: () => Promise<T> | T): Promise<readonly [T, number]> {
  const startMs = performance.now()
  const value = await run()
  return [value, (performance.now() - startMs) / 1000]
}

const dir = mkdtempSync(join(tmpdir(), 'hexhail-bench-log-'))
try {
  let peakMb = 0
  const look = (): void => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1e6)
  }
  await using disk = openFileDisk(dir)
  const store = await openTileStore(disk, HASH)
  const [, appendS] = await timed(async () => {
    for (let done = 0; done < leaves; done += BATCH) {
      await store.append(Array.from({ length: Math.min(BATCH, leaves - done) }, entry))
      if (done % (64 * BATCH) === 0) look()
    }
  })
  console.log(
    `${leaves} leaves of ${bytes} bytes appended in ${round(appendS)} s, each batch of ${BATCH} synced`,
  )
  const [again, openS] = await timed(() => openTileStore(disk, HASH))
  look()
  const root = again.root()
  const places = Array.from({ length: proofs }, () => Math.floor(random() * leaves))
  const make = (index: number) => again.hashes(inclusionRanges(index, again.size))
  const [, coldS] = await timed(() => places.forEach(make))
  const hot = places.map(index => (index % 2_000) + Math.floor(leaves / 2))
  hot.forEach(make)
  const [made, makeS] = await timed(() => hot.map(make))
  const check = (hash: typeof HASH) => () =>
    made.filter((proof, i) => {
      const index = hot[i]!
      const own = { index, size: again.size, leafHash: again.leafHash(index), proof }
      return checkInclusion(own, root, hash).verdict === 'accept'
    }).length
  const [good, checkS] = await timed(check(TREE_HASH))
  if (good !== proofs) throw new Error(`${proofs - good} proofs do not hold`)
  const [, nodeS] = await timed(check(HASH))

  const key = noteSigner(
    'bench.example/log',
    NOTE_ALGORITHM.log,
    await ed25519Key(new Uint8Array(32).fill(7)),
  )
  const log = await openLog({ key, disk, hash: HASH, now: () => 1_795_390_412_000, maxDelayMs: 60_000 })
  const [, addS] = await timed(() => Promise.all(Array.from({ length: 5_000 }, () => log.add(entry()))))
  const [, publishS] = await timed(log.publish)
  const sample = log.store.entry(hot[0]!)
  const proven = log.prove(HASH.leaf(sample))
  if (proven.verdict !== 'accept') throw new Error(proven.code)
  const proof = proven.value.proof.map(toBase64)
  const proofBytes = proven.value.proof.length * 32
  const file = {
    kind: 'inclusion',
    vkey: vkeyOf(key),
    witnesses: [],
    entry: toBase64(sample),
    proof,
    checkpoint: log.checkpoint,
    index: proven.value.index,
  }
  const [verdict, fileS] = await timed(() => verifyLogFile(file))
  if (verdict.verdict !== 'accept') throw new Error(verdict.code)
  look()
  const us = (seconds: number): number => round((seconds / proofs) * 1e6, 1)
  console.log(`opened again in ${round(openS)} s; ${round(peakMb)} MB resident at most`)
  console.log(
    `inclusion proof: made in ${us(makeS)} µs (${us(coldS)} where no tile is in memory), ${proofBytes} bytes`,
  )
  console.log(`checked in ${us(checkS)} µs in plain JavaScript as in a page, ${us(nodeS)} by node:crypto`)
  console.log(
    `filed and promised: ${round(5_000 / addS, 0)} entries a second; a checkpoint ${round(publishS * 1000, 1)} ms`,
  )
  const figures = {
    leaves,
    appendS: round(appendS),
    openS: round(openS),
    peakMb: round(peakMb, 0),
    makeUs: us(makeS),
    makeColdUs: us(coldS),
    checkUs: us(checkS),
    checkNodeUs: us(nodeS),
    proofBytes,
    fileMs: round(fileS * 1000, 1),
    addPerS: round(5_000 / addS, 0),
    publishMs: round(publishS * 1000, 1),
  }
  console.log(JSON.stringify(figures))
} finally {
  rmSync(dir, { recursive: true })
}
