import type { Books } from '@hexhail/audit/checks/books.ts'
import { plainBooks } from '@hexhail/audit/checks/books.ts'
import { lateInclusion } from '@hexhail/audit/checks/proofs/late-inclusion.ts'
import { logEquivocation } from '@hexhail/audit/checks/proofs/log-equivocation.ts'
import { appendAct } from '@hexhail/audit/log/append-act.ts'
import { verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { type WatchDeps, watchLog } from '@hexhail/audit/log/watch-log.ts'
import { toHex } from '@hexhail/protocol/hex.ts'
import { expect, test } from 'vitest'
import {
  HASH,
  LOG_KEY,
  MAX_DELAY_MS,
  newLog,
  newMemory,
  START_MS,
  serveLog,
  someRecord,
} from './log-world.ts'

/** A log with so many records under a checkpoint each, and what watches it. */
async function world(records: readonly number[], clock = { nowMs: START_MS }) {
  const { log } = await newLog(clock)
  const grow = async (...more: readonly number[]) => {
    for (const n of more) {
      await log.add(someRecord(n))
      clock.nowMs += 1_000
      await log.publish()
    }
  }
  await grow(...records)
  const { client } = await serveLog(log, clock)
  const deps: WatchDeps = {
    ...{ client, log: LOG_KEY, witnesses: [], hash: HASH, memory: newMemory() },
    ...{ filed: records.map(someRecord), acts: [], anchors: [] },
  }
  return { log, clock, client, deps, grow }
}

const anchorOf = (size: number, root: Uint8Array) => ({
  ...{ chainId: 31_337, contract: '0xac', keeper: '0xee', tx: `0x${'77'.repeat(32)}` },
  ...{ size, root: toHex(root) },
})
const booksOf = (watched: NonNullable<Awaited<ReturnType<typeof watchLog>>>): Books => ({
  ...plainBooks(0, []),
  equivocations: watched.equivocations,
  lateInclusions: watched.late,
})

test('a log that grows, keeps its promises and is anchored as it is has no fault', async () => {
  const { log, deps, grow } = await world([1, 2, 3, 4, 5])
  const anchors = [anchorOf(3, log.store.root(3)), anchorOf(5, log.store.root(5))]
  expect(await watchLog({ ...deps, anchors })).toMatchObject({ size: 5, equivocations: [], late: [] })
  await grow(6, 7)
  const again = await watchLog({ ...deps, anchors })
  expect(again).toMatchObject({ size: 7, equivocations: [], late: [] })
  expect(again!.compared).toBeGreaterThanOrEqual(8)
})

test('a checkpoint seen before, or one on the chain, that is not how the tree begins is proven by a file', async () => {
  for (const seen of [3, 4]) {
    const first = await world([1, 2, 9, 4].slice(0, seen))
    await watchLog(first.deps)
    const other = await world([1, 2, 3, 4, 5, 6, 7])
    const anchors = [anchorOf(seen, first.log.store.root(seen)), anchorOf(2, other.log.store.root(2))]
    const watched = await watchLog({ ...other.deps, memory: first.deps.memory, anchors })
    expect(watched!.equivocations.map(each => each.proof.kind)).toEqual(['equivocation', 'anchor-conflict'])
    for (const { proof } of watched!.equivocations) {
      expect(await verifyLogFile(proof)).toMatchObject({ verdict: 'accept', value: { size: 7 } })
      const turned = { ...proof, begins: { ...(proof as { begins: object }).begins, proof: [] } }
      expect(await verifyLogFile(turned)).toMatchObject({ verdict: 'reject' })
    }
    expect(logEquivocation.find(booksOf(watched!)).map(({ answers }) => answers[0]!.ok)).toEqual([
      false,
      false,
    ])
  }
})

test('what was promised and is not in the tree in time is proven by a file, and before that nothing is', async () => {
  const { deps, clock, log, client } = await world([1, 2])
  const filed = [someRecord(1), someRecord(50)]
  const refusing = {
    ...client,
    add: async () => ({ index: 2, promise: (await client.add(someRecord(50))).promise }),
  }
  expect((await watchLog({ ...deps, filed, client: refusing }))!.late).toEqual([])
  // Another log of the same key shows another leaf at the promised index, and signs it when the promise is due.
  clock.nowMs += MAX_DELAY_MS + 1
  const liar = await world([1, 2, 3], clock)
  const late = (await watchLog({ ...liar.deps, filed, memory: deps.memory }))!.late
  expect(late.map(({ proof }) => proof.kind)).toEqual(['broken-promise'])
  expect(await verifyLogFile(late[0]!.proof)).toMatchObject({ verdict: 'accept' })
  await log.publish()
  expect((await watchLog({ ...deps, filed }))!.late).toEqual([])
})

test('an act on the chain that is missing in the log is proven by all its leaves', async () => {
  const { deps, clock, log, grow } = await world([1, 2, 3])
  const place = { authority: `0x${'a1'.repeat(20)}`, tx: `0x${'0c'.repeat(32)}`, logIndex: 4 } as const
  const matter = { name: 'permit', subject: new Uint8Array(32).fill(7), change: 0, untilS: 9 } as const
  const atMs = clock.nowMs
  const entry = await appendAct(async bytes => bytes, matter, { ...place, atMs })
  const look = async () => (await watchLog({ ...deps, acts: [{ entry, atMs }] }))!
  expect((await look()).late).toEqual([]) // it may be on its way
  clock.nowMs += 700_000
  await grow(4)
  const found = await look()
  const [fault] = found.late
  expect(await verifyLogFile(fault?.proof)).toMatchObject({
    verdict: 'accept',
    value: { kind: 'unlogged-act', size: 4 },
  })
  expect(lateInclusion.find(booksOf(found))).toHaveLength(1)
  await log.add(entry)
  await log.publish()
  expect((await look()).late).toEqual([])
})
