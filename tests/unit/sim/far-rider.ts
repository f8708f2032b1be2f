import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createServer, connect as dialTcp, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { signal } from '@preact/signals-core'
import type { RiderInit, RiderReport, RiderWish } from './rider-process.ts'
import { until } from './stack.ts'

/** A network of its own for one process, behind one cable that can be pulled. */
export interface Cable {
  /** Address of this side. */
  readonly host: string
  /** What runs a command behind the cable. */
  readonly command: readonly string[]
  plug(isIn: boolean): void
  /** Lets what listens on loopback be reached from behind the cable; resolves with the port. */
  forward(port: number): Promise<number>
  remove(): void
}

const ip = (...args: string[]): boolean => spawnSync('ip', args, { stdio: 'ignore' }).status === 0

/** Lays a cable into a new network namespace; null where that needs rights or tools that are not here. */
export function layCable(): Cable | null {
  const name = `hx${process.pid}`
  const net = `10.${(process.pid >> 8) & 255}.${process.pid & 255}`
  const [near, far, host] = [`${name}a`, `${name}b`, `${net}.1`]
  const inside = (...args: string[]) => ip('netns', 'exec', name, 'ip', ...args)
  const servers: Server[] = []
  const remove = () => {
    for (const server of servers) server.close()
    ip('link', 'del', near)
    ip('netns', 'del', name)
  }
  const isLaid =
    ip('netns', 'add', name) &&
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far) &&
    ip('link', 'set', far, 'netns', name) &&
    ip('addr', 'add', `${host}/24`, 'dev', near) &&
    ip('link', 'set', near, 'up') &&
    inside('addr', 'add', `${net}.2/24`, 'dev', far) &&
    inside('link', 'set', far, 'up') &&
    inside('link', 'set', 'lo', 'up')
  if (!isLaid) {
    remove()
    return null
  }
  return {
    host,
    command: ['ip', 'netns', 'exec', name],
    plug: isIn => {
      if (!ip('link', 'set', near, isIn ? 'up' : 'down')) throw new Error(`${near} does not obey`)
    },
    forward: async port => {
      const server = createServer(socket => {
        const on = dialTcp(port, '127.0.0.1')
        for (const [a, b] of [
          [socket, on],
          [on, socket],
        ] as const) {
          a.pipe(b)
          a.on('error', () => b.destroy())
          a.on('close', () => b.destroy())
        }
      })
      servers.push(server)
      await new Promise<void>(resolve => server.listen(0, host, resolve))
      return (server.address() as { port: number }).port
    },
    remove,
  }
}

/** Starts a rider's process, behind a cable if there is one. */
export async function startFarRider(init: RiderInit, cable: Cable | null) {
  const script = fileURLToPath(new URL('./rider-process.ts', import.meta.url))
  const [program, ...args] = [...(cable?.command ?? []), process.execPath, script]
  const child: ChildProcess = spawn(program!, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced', // amounts are bigints
  })
  const told = signal<RiderReport | 'ready' | null>(null)
  child.on('message', report => {
    told.value = report as RiderReport | 'ready'
  })
  child.send(init)
  await until(told, value => value === 'ready')
  return {
    wish: (wish: RiderWish) => void child.send(wish),
    /** Resolves with the first report that passes. */
    sees: async (passes: (report: RiderReport) => boolean): Promise<RiderReport> =>
      (await until(told, value => value !== null && value !== 'ready' && passes(value))) as RiderReport,
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    stop: async () => {
      child.kill('SIGCONT')
      const gone = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}
