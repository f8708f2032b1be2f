import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Rpc } from '@hexhail/chain/rpc.ts'

/** JSON-RPC over HTTP for other processes; `onAnswer` is called when an answer is on its way. */
export async function serveChain(
  rpc: Rpc,
  onAnswer: () => void = () => {},
): Promise<{ readonly url: string } & AsyncDisposable> {
  const server = createServer(async (request, response) => {
    const { id, method, params } = (await json(request)) as { id: number; method: string; params: unknown[] }
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result: await rpc(method, params) }))
    onAnswer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close')
      server.close().closeAllConnections()
      await closed
    },
  }
}
