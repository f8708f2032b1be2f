/** Gossip over two relays to pages in Chromium and peers in Node, all in processes of their own. See README.md. */

import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { cellAt, requestTopic } from '@hexhail/protocol/cells.ts'
import { createSeeded } from '@hexhail/sim/seeded.ts'
import { startNodeChild } from './gossip/node-children.ts'
import type { Progress } from './gossip/node-peers.ts'
import { openPages } from './gossip/pages.ts'
import type { PeerFigures, PeerOrders, Turn } from './gossip/peer.ts'
import { type RelayProcess, startRelay } from './gossip/relay-process.ts'
import { quantile } from './quantile.ts'

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '10' },
    peers: { type: 'string', default: '40' },
    crowd: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
  },
})
const [pageCount, peerCount, crowd, seconds, rate, seed] = (
  ['pages', 'peers', 'crowd', 'seconds', 'rate', 'seed'] as const
).map(name => Number(values[name])) as [number, number, number, number, number, number]

const CHAIN_ID = 31_337
const PROCESSES = 4
const JOINS = 10
/** After so long what is missing counts as lost. */
const LATE_MS = 60_000
const START_IN_MS = 2000
const IDLE_MS = 10_000
const COLLECT_MS = 1500

const round = (figure: number, digits = 0): number => Number(figure.toFixed(digits))
const p = (of: readonly number[]): string =>
  [0.5, 0.99].map(q => `${round(quantile(of, q) ?? Number.NaN)}`).join(' / ')
const say = (name: string, figure: string | number): void => console.log(`${name.padEnd(68)} ${figure}`)
const sum = (figures: readonly number[]): number => figures.reduce((a, b) => a + b, 0)
const cellNear = (step: number): string => cellAt([-56.3 + 0.05 * step, -34.85], 7)

await using stack = new AsyncDisposableStack()
const first = stack.use(await startRelay(CHAIN_ID, []))
const second = stack.use(await startRelay(CHAIN_ID, [first.addr]))
const relays: readonly RelayProcess[] = [first, second]
const children = Array.from({ length: PROCESSES }, () => stack.use(startNodeChild()))
const pages = stack.use(await openPages(pageCount))
const topics = [0, 1, 2, 3].map(step => requestTopic(CHAIN_ID, cellNear(step)))
const orders: PeerOrders = { chainId: CHAIN_ID, relays: relays.map(relay => relay.addr), topics }

const perChild = Math.ceil(peerCount / PROCESSES)
const nodeReadyMs = (
  await Promise.all(
    children.map(child => child.ask<readonly number[]>({ kind: 'start', count: perChild, orders })),
  )
).flat()
const pageReadyMs = await pages.start(orders)
const peers = nodeReadyMs.length + pages.count
console.log(
  `${pages.count} pages and ${nodeReadyMs.length} Node peers on 2 relays, load ${loadavg()[0]!.toFixed(1)}`,
)

/** What the relays have done, summed. */
const relayFigures = async (): Promise<{
  accepted: number
  cpuS: number
  rss: number
  heap: number
  open: number
  refused: number
}> => {
  const all = await Promise.all(relays.map(relay => relay.metrics()))
  const of = (name: string): number => sum(all.map(samples => samples.get(name) ?? 0))
  return {
    accepted: of('messages_total{verdict="accept",code=""}'),
    cpuS: of('cpu_seconds_total'),
    rss: of('resident_bytes'),
    heap: of('heap_bytes'),
    open: of('connections'),
    refused: sum(
      all.flatMap(samples =>
        [...samples].flatMap(([name, n]) =>
          /^dropped|^messages_total{verdict="(ignore|reject)/.test(name) ? n : [],
        ),
      ),
    ),
  }
}
/** Requests heard and bytes come in, by all peers together. */
const progress = async (): Promise<Progress> => {
  const asked = children.map(child => child.ask<readonly Progress[]>({ kind: 'progress' }))
  const each = [...(await Promise.all(asked)), await pages.progress()].flat()
  return [sum(each.map(([heard]) => heard)), sum(each.map(([, bytes]) => bytes))]
}

console.log('… silent')
// Everybody is silent: what pings and gossip's own talk cost.
const quiet = [await relayFigures(), (await progress())[1]] as const
await wait(IDLE_MS)
const before = [await relayFigures(), (await progress())[1]] as const
const idleCpu = (before[0].cpuS - quiet[0].cpuS) / (IDLE_MS / 1000)
const idleBytes = (before[1] - quiet[1]) / (IDLE_MS / 1000)

console.log('… publishing')
const seeded = createSeeded(seed)
const turns: Turn[][] = Array.from({ length: peers }, () => [])
const startMs = Date.now() + START_IN_MS
for (let i = 0; i < seconds * rate; i++) {
  const atMs = startMs + (i * 1000) / rate + seeded.next() * (1000 / rate)
  turns[seeded.below(peers)]!.push({ atMs, topic: seeded.pick(topics) })
}
const ofChild = (i: number): Turn[][] => turns.slice(i * perChild, (i + 1) * perChild)
await Promise.all([
  ...children.map((child, i) => child.ask({ kind: 'publish', turns: ofChild(i) })),
  pages.publish(turns.slice(nodeReadyMs.length)),
])
console.log('… waiting for the last')
const due = seconds * rate * (peers - 1)
const endMs = Date.now() + LATE_MS
while ((await progress())[0] < due && Date.now() < endMs) await wait(200)
const after = [await relayFigures(), (await progress())[1]] as const
const ranS = (Date.now() - startMs + START_IN_MS) / 1000
const load = loadavg()[0]!

const nodeFigures = (
  await Promise.all(children.map(child => child.ask<readonly PeerFigures[]>({ kind: 'figures' })))
).flat()
const pageFigures = await pages.figures()
const figures = [...nodeFigures, ...pageFigures]
const sentAtMs = new Map(figures.flatMap(peer => peer.sent.map(([id, atMs]) => [id, atMs] as const)))
const delays = (of: readonly PeerFigures[]): number[] =>
  of.flatMap(peer => {
    const own = new Set(peer.sent.map(([id]) => id))
    const others = new Map(peer.heard.filter(([id]) => !own.has(id)).reverse())
    return [...others].map(([id, atMs]) => atMs - sentAtMs.get(id)!)
  })
const all = delays(figures)
const copies = sum(figures.map(peer => peer.copies))
const payload = figures.flatMap(peer => peer.sent.map(([, , bytes]) => bytes))
const workCpuS = after[0].cpuS - before[0].cpuS - idleCpu * ranS
const accepted = after[0].accepted - before[0].accepted
const wireBytes = (after[1] - before[1] - idleBytes * ranS) / copies

say('load while publishing', load.toFixed(1))
say('requests published; heard, of those due', `${sentAtMs.size}; ${all.length} of ${due}`)
say('requests that relays did not pass on', after[0].refused - before[0].refused)
say('published → heard, all, p50 / p99 ms', p(all))
say('… in pages', p(delays(pageFigures)))
say('… in Node peers', p(delays(nodeFigures)))
say('copies of a request at a peer', round(copies / all.length, 3))
say('bytes of a request; of a copy on the wire', `${round(quantile(payload, 0.5)!)}; ${round(wireBytes)}`)
say('bytes a peer takes in while all are silent, a second', round(idleBytes / peers))
say(`relay CPU a request to ${peers} peers, ms`, round((1000 * workCpuS) / accepted, 2))
say('idle CPU of a relay, % of a core', round((100 * idleCpu) / 2, 1))
say('copies that a relay core sends a second', round((accepted / workCpuS) * peers))
say('page ready, p50 ms', round(quantile(pageReadyMs, 0.5) ?? Number.NaN))
say('Node peer ready, p50 ms', round(quantile(nodeReadyMs, 0.5)!))

console.log('… joining')
const cells = Array.from({ length: JOINS }, (_, i) => cellNear(10 + i))
const joins: number[] = []
for (const child of children)
  joins.push(...(await child.ask<readonly number[]>({ kind: 'join', orders, cells })))

say('driver enters an empty cell → hears a request there, p50 / p99 ms', p(joins))

console.log('… a crowd comes')
/** What the relays hold once their garbage is gone. */
const heldFigures = async (): ReturnType<typeof relayFigures> => {
  for (let i = 0; i < 3; i++) {
    for (const relay of relays) relay.collect()
    await wait(COLLECT_MS)
  }
  return relayFigures()
}
const thin = await heldFigures()
await Promise.all(children.map(child => child.ask({ kind: 'crowd', count: crowd / PROCESSES, orders })))
await wait(IDLE_MS)
const thick = await heldFigures()
const kbOf = (what: 'rss' | 'heap'): number => (thick[what] - thin[what]) / (thick.open - thin.open) / 1024
say('connections of a relay before and with the crowd', `${thin.open / 2}; ${thick.open / 2}`)
say('relay memory a connection, KB: resident; heap', `${round(kbOf('rss'))}; ${round(kbOf('heap'))}`)

console.log(
  JSON.stringify({
    deliveredPct: round((100 * all.length) / due, 3),
    p50Ms: quantile(all, 0.5),
    p99Ms: quantile(all, 0.99),
    copiesPerLeaf: round(copies / all.length, 3),
    requestBytes: round(wireBytes),
    msgsPerSecCore: round(accepted / workCpuS),
    kbPerConnection: round(kbOf('rss')),
    joinP50Ms: round(quantile(joins, 0.5)!, 1),
  }),
)
