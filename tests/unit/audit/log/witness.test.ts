import { cosignedAt } from '@hexhail/audit/log/cosignature.ts'
import { createMemoryDisk, type LogDisk } from '@hexhail/audit/log/disk.ts'
import { type EquivocationFile, verifyLogFile } from '@hexhail/audit/log/evidence.ts'
import { noteFrom } from '@hexhail/audit/log/signed-note.ts'
import { type LogView, splitFile } from '@hexhail/audit/log/split.ts'
import { openWitness } from '@hexhail/audit/log/witness.ts'
import { askWitnessAt } from '@hexhail/audit/log/witness-client.ts'
import { createWitnessHandler } from '@hexhail/audit/log/witness-http.ts'
import { addCheckpointFrom, addCheckpointText } from '@hexhail/audit/log/witness-request.ts'
import { expect, test } from 'vitest'
import { COUNCIL, HASH, LOG_KEY, newLog, START_MS, serve, someRecord } from './log-world.ts'

const clock = { nowMs: START_MS }

async function newWitness(disk = createMemoryDisk()) {
  const caught: EquivocationFile[] = []
  const witness = await openWitness({
    key: COUNCIL,
    logs: [LOG_KEY],
    disk,
    now: () => clock.nowMs,
    onEquivocation: file => caught.push(file),
  })
  return { witness, caught, disk }
}

/** What a log sends for its newest checkpoint to a witness that knows `oldSize`. */
async function requestOf(log: Awaited<ReturnType<typeof newLog>>['log'], oldSize: number): Promise<string> {
  const proof = log.consistency(oldSize, log.published)
  return addCheckpointText({
    oldSize,
    proof: proof.verdict === 'accept' && oldSize < log.published ? proof.value : [],
    checkpoint: log.checkpoint,
  })
}

async function grow(log: Awaited<ReturnType<typeof newLog>>['log'], from: number, to: number): Promise<void> {
  await Promise.all(Array.from({ length: to - from }, (_, i) => log.add(someRecord(from + i))))
  await log.publish()
}

test('a witness over HTTP cosigns a log that grows, also after it was away', async () => {
  const { witness, disk } = await newWitness()
  let isUp = true
  const handler = createWitnessHandler({ witness, now: () => clock.nowMs })
  const url = await serve((request, response) => (isUp ? handler(request, response) : response.destroy()))
  const { log } = await newLog(clock, { witnesses: [askWitnessAt(url, COUNCIL)] })
  const signedAt = async () => {
    const note = noteFrom(log.checkpoint)
    return note.verdict === 'accept' ? cosignedAt(COUNCIL, note.value) : null
  }
  await grow(log, 0, 5)
  expect(await signedAt()).toBe(START_MS / 1000)
  isUp = false
  await grow(log, 5, 9)
  expect(await signedAt()).toBeNull()
  isUp = true
  await grow(log, 9, 300)
  expect(await signedAt()).toBe(START_MS / 1000)
  // Another client, which does not know what the witness knows, is told.
  const fresh = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: await requestOf(log, 0) })
  expect([fresh.status, fresh.headers.get('content-type'), await fresh.text()]).toEqual([
    409,
    'text/x.tlog.size',
    '300\n',
  ])
  expect((await fetch(`${url}/latest?origin=${LOG_KEY.name}`)).status).toBe(200)
  expect((await fetch(`${url}/latest?origin=else`)).status).toBe(404)
  // The memory is on the disk: a new process goes on from it.
  const again = await newWitness(disk.crash(() => 0))
  expect((await again.witness.addCheckpoint(await requestOf(log, 300))).status).toBe(200)
  expect((await again.witness.addCheckpoint(await requestOf(log, 5))).status).toBe(409)
})

test('nothing is signed that is smaller, not proven, not signed by the log, or of another log', async () => {
  const { witness } = await newWitness()
  const [{ log }, other] = await Promise.all([newLog(clock), newLog(clock)])
  await grow(log, 0, 20)
  const small = await requestOf(log, 0)
  await grow(log, 20, 40)
  const good = await requestOf(log, 20)
  const said = async (body: string) => (await witness.addCheckpoint(body)).status
  expect(await said(good)).toBe(409) // it knows nothing yet
  expect(await said(small)).toBe(200)
  expect(await said(good.replace('old 20', 'old 41'))).toBe(400)
  expect(await said(good.replace(/\n[^\n]+\n/, '\n'))).toBe(422)
  expect(await said(good.replace('\n40\n', '\n41\n'))).toBe(403)
  expect(await said(good.replace('city.example/log\n40', 'town.example/log\n40'))).toBe(404)
  await grow(other.log, 100, 140)
  expect(await said(await requestOf(other.log, 20))).toBe(422)
  for (const junk of [
    '',
    'old',
    'old 1',
    'old 01\n\nx',
    'old 1\nAAAA\n\nx',
    `old 0\n\n${'x'.repeat(20_000)}`,
  ])
    expect(await said(junk)).toBe(400)
  expect(await said(good)).toBe(200)
  expect(await said(small)).toBe(409)
})

test('the size that is signed is on the disk before the signature leaves', async () => {
  const steps: string[] = []
  const { witness } = await newWitness(createMemoryDisk(step => steps.push(step)))
  const { log } = await newLog(clock)
  const body = await requestOf(log, 0)
  expect((await witness.addCheckpoint(body)).status).toBe(200)
  expect(steps).toEqual(['replace'])
  const full = createMemoryDisk(() => {
    throw new Error('no space left')
  })
  await expect((await newWitness(full)).witness.addCheckpoint(body)).rejects.toThrow('no space')
})

test('a log that signs two trees of one size is caught, with a file that anyone can verify', async () => {
  const { witness, caught } = await newWitness()
  const [{ log: a }, { log: b }] = await Promise.all([newLog(clock), newLog(clock)])
  await grow(a, 0, 7)
  await grow(b, 1, 8)
  expect((await witness.addCheckpoint(await requestOf(a, 0))).status).toBe(200)
  expect((await witness.addCheckpoint(await requestOf(b, 7))).status).toBe(409)
  expect(caught).toHaveLength(1)
  const file = JSON.parse(JSON.stringify(caught[0])) as EquivocationFile
  expect(await verifyLogFile(file)).toMatchObject({
    verdict: 'accept',
    value: { origin: LOG_KEY.name, size: 7 },
  })
  const [one] = file.checkpoints
  expect(await verifyLogFile({ ...file, checkpoints: [one, one] })).toMatchObject({ code: 'same' })
})

test('two histories of different sizes are shown by the first leaf in which they differ', async () => {
  const [{ log: a, disk: da }, { log: b, disk: db }] = await Promise.all([newLog(clock), newLog(clock)])
  await grow(a, 0, 6)
  await grow(b, 0, 6)
  await grow(a, 6, 300)
  await grow(b, 7, 100)
  const { openTileStore } = await import('@hexhail/audit/log/tile-store.ts')
  const view = async (log: typeof a, disk: LogDisk): Promise<LogView> => {
    const store = await openTileStore(disk, HASH)
    const nodeHash: LogView['nodeHash'] = ({ level, index }) =>
      store.hashes([{ start: index * 2 ** level, end: (index + 1) * 2 ** level }])[0]!
    return { checkpoint: log.checkpoint, size: log.published, nodeHash }
  }
  const [viewA, viewB] = [await view(a, da), await view(b, db)]
  const file = splitFile('', viewA, viewA, HASH)
  expect(file).toBeNull()
  const { vkeyOf } = await import('@hexhail/audit/log/note-key.ts')
  const split = splitFile(vkeyOf(LOG_KEY), viewA, viewB, HASH)!
  expect(split.split?.index).toBe(6)
  expect(await verifyLogFile(JSON.parse(JSON.stringify(split)))).toMatchObject({ verdict: 'accept' })
  const moved = { ...split, split: { ...split.split!, index: 5 } }
  expect(await verifyLogFile(moved)).toMatchObject({ verdict: 'reject' })
})

test('a request is read back as it was written', () => {
  const proof = [new Uint8Array(32).fill(3)]
  const request = { oldSize: 5, proof, checkpoint: 'any\ntext\n\nat all' }
  expect(addCheckpointFrom(addCheckpointText(request))).toEqual({ verdict: 'accept', value: request })
})
