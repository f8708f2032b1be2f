import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { foundryBinary } from './foundry-binary.ts'

/** A private local chain on a free port of this machine. */
export interface LocalChain extends AsyncDisposable {
  readonly url: string
}

/** Starts anvil, mining each transaction at once, with the rules of mainnet (osaka) and money for ten accounts. */
export async function startAnvil(args: readonly string[] = []): Promise<LocalChain> {
  const port = await freePort()
  const fixed = ['--port', String(port), '--hardfork', 'osaka', '--quiet', '--chain-id', '31337']
  const child = spawn(foundryBinary('anvil'), [...fixed, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const closed = new Promise<void>(resolve => child.on('close', () => resolve()))
  const stop = () => child.kill('SIGTERM')
  process.once('exit', stop)
  const url = `http://127.0.0.1:${port}`
  const request = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
  for (;;) {
    if (child.exitCode !== null) throw new Error(`anvil ended at once: ${complaint}`)
    const answer = await fetch(url, { ...request, body }).catch(() => null)
    if (answer?.ok) break
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      process.off('exit', stop)
      stop()
      await closed
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
