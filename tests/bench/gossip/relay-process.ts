import { type ChildProcess, fork } from 'node:child_process'
import { HEXHAIL, WITH_PARENT } from '@hexhail/node/root.ts'

/** A relay in a process of its own, as `hexhail relay` starts it. */
export interface RelayProcess extends AsyncDisposable {
  readonly addr: string
  /** Its metrics by name without `hexhail_relay_`, labels included. */
  metrics(): Promise<ReadonlyMap<string, number>>
  /** Has it collect its garbage. */
  collect(): void
}

const COLLECT = new URL('collect.ts', import.meta.url).href

interface Ready {
  readonly addrs: readonly string[]
  readonly status: string
}

/** Starts a relay on free ports of this machine. */
export async function startRelay(chainId: number, peers: readonly string[]): Promise<RelayProcess> {
  const args = [
    'relay',
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--chain-id',
    String(chainId),
    '--metrics-port',
    '0',
  ]
  const child = fork(HEXHAIL, [...args, ...peers.flatMap(addr => ['--peer', addr])], {
    execArgv: ['--expose-gc', '--import', WITH_PARENT, '--import', COLLECT],
  })
  const { addrs, status } = await readyOf(child)
  return {
    addr: addrs[0]!,
    metrics: async () => {
      const text = await (await fetch(`${status}metrics`)).text()
      const samples = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
      return new Map(
        samples.map(line => {
          const [name = '', value] = line.split(' ')
          return [name.replace('hexhail_relay_', ''), Number(value)]
        }),
      )
    },
    collect: () => void child.kill('SIGUSR2'),
    [Symbol.asyncDispose]: async () => {
      const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readyOf(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('close', code => reject(new Error(`The relay ended with ${code}.`)))
    child.on('message', (said: { type: string; data?: Ready; message?: string }) => {
      if (said.type === 'ready') resolve(said.data!)
      else if (said.type === 'fault') reject(new Error(said.message))
    })
  })
}
