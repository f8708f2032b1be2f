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
  const relays = await swarm.relays(2)
  const lines = await Promise.all(relays.map(relay => line(swarm, Number(relay.addrs[0]!.split('/')[4]))))
  const addrs = relays.map((relay, i) => relay.addrs[0]!.replace(/tcp\/\d+/, `tcp/${lines[i]!.port}`))
  const leaf = await swarm.leafAt(addrs, { want: 1, pingMs: 300 })
  const isOn = (i: number): boolean => leaf.addrs().some(addr => addr.startsWith(addrs[i]!))
  await until(leaf, () => isOn(0) || isOn(1))
  const [used, spare] = isOn(0) ? [0, 1] : [1, 0]
  lines[used]!.cut()
  await until(leaf, () => isOn(spare) && !isOn(used))
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
