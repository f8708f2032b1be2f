import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a relay on which whoever takes it comes from another address of this machine, as WebSockets cannot choose. */
export interface OtherNetwork {
  /** The relay's address, through here. */
  readonly addr: string
  stop(): Promise<void>
}

/** Opens the way from a local IP (127.x.y.z) to a relay at /ip4/IP/tcp/PORT/…. */
export async function fromNetwork(localAddress: string, relay: string): Promise<OtherNetwork> {
  const [, , host, , port] = relay.split('/')
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    const far = connect({ host: host!, port: Number(port), localAddress })
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    addr: relay.replace(`/${host}/tcp/${port}/`, `/127.0.0.1/tcp/${(server.address() as AddressInfo).port}/`),
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await once(server.close(), 'close')
    },
  }
}
