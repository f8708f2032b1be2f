import { monitorEventLoopDelay } from 'node:perf_hooks'
import { decodeFrame } from '@hexhail/net/frame.ts'
import { PLAIN_HELLO } from '@hexhail/net/hello.ts'
import { cellAt, farCell, farTopic, meetTopic, requestTopic } from '@hexhail/protocol/cells.ts'
import { ENVELOPE, openEnvelope, sealEnvelope } from '@hexhail/protocol/envelope.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { MEET, MESSAGES, REQUEST } from '@hexhail/protocol/messages.ts'
import { createRequestBook } from '@hexhail/protocol/request-book.ts'
import { createSeen, unpackSeen } from '@hexhail/protocol/seen.ts'
import { createSessionKey } from '@hexhail/protocol/session-key.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import fc from 'fast-check'
import { anyBody } from '../unit/protocol/any-message.ts'
import { CHAIN, NOW } from '../unit/protocol/some-gossip.ts'
import { someRequest } from './floods.ts'
import { hostileBytes, hostileTopic } from './mutate.ts'

/** What so many hostile inputs came to. */
export interface FuzzFigures {
  readonly inputs: number
  /** What broke a rule, one line each: an exception, or an accepted message that is not one that somebody signed. */
  readonly faults: readonly string[]
  /** Verdicts by code, `accept` among them. */
  readonly verdicts: ReadonlyMap<string, number>
  readonly lagP99Ms: number
}

const CELL = cellAt([-56.1645, -34.9011], 7)
const TAG = Uint8Array.from({ length: 16 }, (_, i) => 7 * i)
const NO_LIMIT = { perS: 1e9, burst: 1e9 }
const AT_ONCE = 32
/** When the good messages were written: twelve just now, two have expired, one is of a clock that is ahead. */
const OFF_MS = [...new Array<number>(12).fill(0), -70_000, -70_000, 9000]

/** Good messages to spoil, on their topics, and everything else that a decoder is handed. */
async function seedCorpus(seed: number, random: () => number) {
  const topics = [requestTopic(CHAIN, CELL), farTopic(CHAIN, farCell(CELL)), meetTopic(CHAIN, TAG)]
  const good = { lifeMs: 60_000, workBits: 0 }
  const gossip: Uint8Array[] = []
  for (const [i, offMs] of OFF_MS.entries()) {
    const seal = { ...good, issuedAtMs: NOW + offMs }
    const session = await createSessionKey()
    const topic = topics[i % 3]!
    gossip.push(
      i % 3 === 2
        ? await sealEnvelope({
            ...seal,
            topic,
            message: MEET,
            body: { tag: TAG, sealed: new Uint8Array(256) },
            session,
          })
        : await sealEnvelope({ ...seal, topic, message: REQUEST, body: someRequest(CELL, random), session }),
    )
  }
  const bodies = MESSAGES.flatMap(message =>
    fc.sample(anyBody(message), { numRuns: 3, seed }).map(body => message.encode(body as never)),
  )
  return { topics, gossip, bodies }
}

/** Hands seeded hostile inputs to the gossip check (three of four) and to the decoders of everything private. */
export async function fuzz(inputs: number, seed: number): Promise<FuzzFigures> {
  const seeded = createSeeded(seed)
  const { topics, gossip, bodies } = await seedCorpus(seed, seeded.next)
  const rates = {
    author: NO_LIMIT,
    authorInTopic: NO_LIMIT,
    operator: NO_LIMIT,
    topic: NO_LIMIT,
    epochTopic: NO_LIMIT,
    all: NO_LIMIT,
  }
  const limits = createGossipLimits(rates)
  const [seen, state] = [createSeen(), createRequestBook()]
  const check = createGossipCheck({ now: () => NOW, seen, limits, chainId: CHAIN, workBits: 0, state })
  const good = new Set(gossip.map(bytes => Buffer.from(bytes).toString('latin1')))
  const verdicts = new Map<string, number>()
  const faults: string[] = []
  const count = (said: string): void => void verdicts.set(said, (verdicts.get(said) ?? 0) + 1)

  const judge = async (topic: string, bytes: Uint8Array): Promise<void> => {
    const from = { id: String(seeded.below(8)), tier: seeded.pick(['leaf', 'relay', 'hub'] as const) }
    const said = await check(topic, bytes, from)
    if (said.verdict !== 'accept') return count(`${said.verdict} ${said.code}`)
    count('accept')
    if (!good.has(Buffer.from(bytes).toString('latin1')))
      faults.push(`accepted: ${Buffer.from(bytes).toString('hex')}`)
  }
  const decode = (bytes: Uint8Array): void => {
    const message = seeded.pick(MESSAGES)
    const said = message.decode(bytes)
    if (said.verdict === 'accept' && Buffer.compare(message.encode(said.value as never), bytes) !== 0)
      faults.push(`${message.name} has two encodings: ${Buffer.from(bytes).toString('hex')}`)
    const opened = openEnvelope(bytes)
    if (opened.verdict === 'accept' && Buffer.compare(ENVELOPE.encode(opened.value), bytes) !== 0)
      faults.push(`an envelope has two encodings: ${Buffer.from(bytes).toString('hex')}`)
    decodeFrame(bytes)
    PLAIN_HELLO.read(bytes)
    for (const [id] of unpackSeen(bytes)) if (id.length !== 40) faults.push(`an id of ${id.length} digits`)
    count(said.verdict === 'accept' ? 'decoded' : `undecoded ${said.code}`)
  }
  const one = async (): Promise<void> => {
    const isGossip = seeded.below(4) > 0
    const bytes = hostileBytes(isGossip ? gossip : bodies, seeded)
    try {
      if (isGossip) await judge(hostileTopic(topics, seeded), bytes)
      else decode(bytes)
    } catch (error) {
      faults.push(`${error} on ${Buffer.from(bytes).toString('hex')}`)
    }
  }
  const lag = monitorEventLoopDelay({ resolution: 1 })
  lag.enable()
  for (let done = 0; done < inputs; done += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, inputs - done) }, one))
    await new Promise(setImmediate)
  }
  lag.disable()
  return { inputs, faults, verdicts, lagP99Ms: lag.percentile(99) / 1e6 }
}
