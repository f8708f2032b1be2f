import { createRpc } from '@hexhail/chain/rpc.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

const TIMEOUT_MS = 5_000

/** Asks a page or an API. @throws {HexhailError} 'no-answer' */
export async function probeHttp(name: string, url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null)
  await answer?.arrayBuffer()
  if (!answer?.ok) throw silent(name, url, answer === null ? 'no answer' : `status ${answer.status}`)
}

/** Asks the chain for its newest block. @throws {HexhailError} 'no-answer' */
export async function probeRpc(name: string, url: string): Promise<void> {
  await createRpc(url, { timeoutMs: TIMEOUT_MS })('eth_blockNumber', []).catch(cause => {
    throw silent(name, url, String(cause))
  })
}

/** Opens a WebSocket and closes it. @throws {HexhailError} 'no-answer' */
export function probeSocket(name: string, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const timer = setTimeout(() => end('no answer'), TIMEOUT_MS)
    const end = (why: string | null): void => {
      clearTimeout(timer)
      socket.close()
      if (why === null) resolve()
      else reject(silent(name, url, why))
    }
    socket.addEventListener('open', () => end(null))
    socket.addEventListener('error', () => end('refused'))
  })
}

const silent = (name: string, url: string, why: string): HexhailError =>
  new HexhailError('no-answer', `The ${name} at ${url} does not answer (${why}): start again.`, { name, url })
