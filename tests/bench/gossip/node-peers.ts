/* A process of the bench with some Node peers; told what to do by messages from its parent. */
import { setTimeout as wait } from 'node:timers/promises'
import { requestTopic } from '@hexhail/protocol/cells.ts'
import {
  type BenchPeer,
  openLeaf,
  type PeerFigures,
  type PeerOrders,
  sealRequest,
  startPeer,
  type Turn,
  until,
} from './peer.ts'

/** What the parent says. */
export type Order =
  | { readonly kind: 'start'; readonly count: number; readonly orders: PeerOrders }
  | { readonly kind: 'join'; readonly orders: PeerOrders; readonly cells: readonly string[] }
  | { readonly kind: 'crowd'; readonly count: number; readonly orders: PeerOrders }
  | { readonly kind: 'publish'; readonly turns: readonly (readonly Turn[])[] }
  | { readonly kind: 'progress' }
  | { readonly kind: 'figures' }

/** What it answers, in the order of the questions. */
export type Answer = readonly number[] | readonly Progress[] | readonly PeerFigures[] | null

/** Requests heard and bytes come in. */
export type Progress = readonly [heard: number, bytesIn: number]

const AGAIN_MS = 3000
const peers: BenchPeer[] = []

async function obey(order: Order): Promise<Answer> {
  switch (order.kind) {
    case 'start':
      for (let i = 0; i < order.count; i++) peers.push(await startPeer(order.orders))
      return peers.map(peer => peer.readyMs)
    case 'join':
      return joinTimes(order.orders, order.cells)
    case 'crowd':
      for (let i = 0; i < order.count; i++) {
        const leaf = await openLeaf(order.orders.chainId, order.orders.relays)
        leaf.subscribe(order.orders.topics[0]!, () => {})
        await until(leaf, () => leaf.addrs().length === order.orders.relays.length)
      }
      return null
    case 'publish':
      await Promise.all(peers.map((peer, i) => peer.publish(order.turns[i]!)))
      return null
    case 'progress':
      return peers.map(peer => peer.progress())
    case 'figures':
      return peers.map(peer => peer.figures())
  }
}

/**
 * How long it takes from a driver's entering of a cell that nobody followed until he hears what a rider publishes there as soon as
 * the rider's relays know him, ms.
 */
async function joinTimes(
  { chainId, relays }: PeerOrders,
  cells: readonly string[],
): Promise<readonly number[]> {
  const driver = await openLeaf(chainId, relays)
  const rider = await openLeaf(chainId, relays)
  for (const leaf of [driver, rider]) await until(leaf, () => leaf.addrs().length === relays.length)
  const times: number[] = []
  for (const cell of cells) {
    const topic = requestTopic(chainId, cell)
    const data = await sealRequest(topic)
    const fromMs = performance.now()
    const heard = new Promise<'heard'>(resolve => driver.subscribe(topic, () => resolve('heard')))
    await until(rider, () => rider.audience(topic) > 0)
    await rider.publish(topic, data)
    // As the page does: a request that nobody answers is sent anew.
    while ((await Promise.race([heard, wait(AGAIN_MS)])) !== 'heard')
      await rider.publish(topic, await sealRequest(topic))
    times.push(performance.now() - fromMs)
  }
  await Promise.all([driver.stop(), rider.stop()])
  return times
}

process.on('message', (order: Order) => {
  obey(order).then(
    answer => process.send!({ answer }),
    (error: unknown) => process.send!({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit())
