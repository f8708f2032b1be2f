import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createSwarm, type Swarm, until } from './swarm.ts'

/** A line to a TCP port that can go silent without closing. */
async function line(swarm: Swarm, port: number): Promise<{ port: number; cut: () => void }> {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer(near => {
    sockets.add(near)
    if (isCut) return
    const far = connect(port, '127.0.0.1')
    near.pipe(far).pipe(near)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  swarm.own({
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true
      for (const socket of sockets) socket.unpipe().pause()
    },
  }
}

test('a connection that went silent is given up after two pings and another relay takes its place', async () => {
  await using swarm = createSwarm()
  const [near, spare] = await swarm.relays(2)
  const through = await line(swarm, Number(near!.addrs[0]!.split('/')[4]))
  const silent = near!.addrs[0]!.replace(/tcp\/\d+/, `tcp/${through.port}`)
  const leaf = await swarm.leafAt([silent, spare!.addrs[0]!], { want: 1, pingMs: 100, random: () => 0.999 })
  await until(leaf, () => leaf.addrs().length === 1)
  expect(leaf.addrs()[0]).toContain(near!.peerId)
  through.cut()
  await until(leaf, () => leaf.addrs().length === 1 && leaf.addrs()[0]!.includes(spare!.peerId))
})

test('a relay that comes back is used again, with a new reservation', async () => {
  await using swarm = createSwarm()
  const [relay] = await swarm.relays(1)
  const leaf = await swarm.leaf([relay!])
  await relay!.stop()
  await until(leaf, () => leaf.connectedRelays() === 0)
  expect(leaf.addrs()).toEqual([])
  await swarm.relayAgain(relay!)
  await until(leaf, () => leaf.addrs().length === 1)
})
