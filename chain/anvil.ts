/** The local chain as a child process. Node only: no page imports this. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createRpc } from './rpc.ts'

/** How the chain is to run. */
export interface AnvilOptions {
  /** 0 or none = a free one. */
  readonly port?: number
  readonly host?: string
  /** File that keeps the chain between starts; none = a chain in memory. */
  readonly statePath?: string
  /** Seconds between blocks; none = a block for each transaction. */
  readonly blockTimeS?: number
  /** With `blockTimeS`: a block for each transaction, and also one each `blockTimeS`. */
  readonly mixed?: boolean
  readonly hardfork?: string
  readonly chainId?: number
  /** Stops the chain. */
  readonly signal?: AbortSignal
}

/** A running chain. */
export interface Anvil extends AsyncDisposable {
  readonly rpcUrl: string
  readonly port: number
  readonly pid: number
  /** Resolves with null after `stop`, else with what the chain said before it died. */
  readonly exited: Promise<HexhailError | null>
  /** Resolves when the process is gone and its state is on disk. */
  stop(): Promise<void>
}

/** How long the chain writes its state at most before it is killed. */
const STOP_MS = 15_000
const RETRY_MS = 20

/**
 * Starts anvil and waits until it answers.
 * @throws {HexhailError} 'port-used', 'no-anvil', 'chain-state' or 'anvil-died', each with what to do
 */
export async function startAnvil(options: AnvilOptions = {}): Promise<Anvil> {
  const { port = 0, signal } = options
  signal?.throwIfAborted()
  for (let tries = 5; ; tries--) {
    try {
      return await start(options, await claimPort(options.host, port))
    } catch (error) {
      const taken = error instanceof HexhailError && error.code === 'port-used'
      if (port || tries === 0 || !taken) throw error
    }
  }
}

async function start(options: AnvilOptions, port: number): Promise<Anvil> {
  const { host = '127.0.0.1', statePath, signal } = options
  if (statePath) mkdirSync(dirname(statePath), { recursive: true })
  const child = spawn(anvilPath(), flags(options, host, port), { stdio: ['ignore', 'ignore', 'pipe'] })
  const killNow = () => void child.kill('SIGKILL')
  process.once('exit', killNow)

  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  let stopping = false
  const exited = new Promise<HexhailError | null>(resolve => {
    child.once('error', cause =>
      resolve(
        new HexhailError('no-anvil', `anvil does not start: ${cause.message}. Run npm install.`, {}, cause),
      ),
    )
    child.once('close', code => resolve(stopping ? null : fault(said, code, port, statePath)))
  })
  void exited.then(() => process.off('exit', killNow))

  const rpcUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const stop = async () => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(killNow, STOP_MS)
    await exited
    clearTimeout(timer)
  }
  signal?.addEventListener('abort', () => void stop(), { once: true })

  const died = await Promise.race([exited, answers(rpcUrl, child)])
  if (died) throw died
  signal?.throwIfAborted()
  return { rpcUrl, port, pid: child.pid!, exited, stop, [Symbol.asyncDispose]: stop }
}

function flags(options: AnvilOptions, host: string, port: number): string[] {
  const { statePath, blockTimeS, mixed, hardfork = 'osaka', chainId = 31_337 } = options
  const list = [
    '--quiet',
    '--host',
    host,
    '--port',
    String(port),
    '--hardfork',
    hardfork,
    '--chain-id',
    String(chainId),
  ]
  if (blockTimeS !== undefined) list.push('--block-time', String(blockTimeS))
  if (mixed && blockTimeS !== undefined) list.push('--mixed-mining')
  if (statePath) list.push('--state', statePath, '--state-interval', '5')
  return list
}

/** Resolves with null once the chain answers; never, when the child dies first. */
async function answers(rpcUrl: string, child: ChildProcess): Promise<null> {
  const rpc = createRpc(rpcUrl, { timeoutMs: 2_000 })
  while (child.exitCode === null) {
    const up = await rpc('eth_chainId', []).then(
      () => true,
      () => false,
    )
    if (up && child.exitCode === null) return null
    await new Promise(resolve => setTimeout(resolve, RETRY_MS))
  }
  return new Promise(() => {})
}

function fault(said: string, code: number | null, port: number, statePath: string | undefined): HexhailError {
  const line = said.trim().split('\n')[0] ?? ''
  if (/address already in use|os error 98|os error 48|os error 10048/i.test(said)) return portUsed(port)
  if (/--state|parse json|deserializ/i.test(said))
    return new HexhailError(
      'chain-state',
      `The kept chain in ${statePath} is broken: start with --fresh, or delete the file.`,
      { statePath, line },
    )
  return new HexhailError(
    'anvil-died',
    `The local chain ended (code ${code}): ${line || 'it gave no reason'}`,
    { code, said },
  )
}

const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'win32' }
const CPUS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** The binary itself, not npm's wrapper around it: a third of the memory, and one process to stop. */
function anvilPath(): string {
  const name = `@foundry-rs/anvil-${PLATFORMS[process.platform]}-${CPUS[process.arch]}`
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const path = join(home, 'bin', process.platform === 'win32' ? 'anvil.exe' : 'anvil')
    if (existsSync(path)) return path
  } catch {
    // told below
  }
  throw new HexhailError('no-anvil', `${name} is not installed: run npm install --include=optional.`, {
    name,
  })
}

/** Sees that the port is free, or finds a free one, before anvil does: another chain there would answer for it. */
function claimPort(host = '127.0.0.1', wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', cause => reject(portUsed(wanted, cause)))
    server.listen(wanted, host, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

function portUsed(port: number, cause?: unknown): HexhailError {
  return new HexhailError(
    'port-used',
    `Port ${port} is in use: stop what listens there, or choose another port.`,
    { port },
    cause,
  )
}
