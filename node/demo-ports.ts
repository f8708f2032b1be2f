import { createServer } from 'node:net'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'

/** Where each part of the demo listens. */
export interface DemoPorts {
  readonly rider: number
  readonly driver: number
  readonly authority: number
  readonly relay1: number
  readonly relay2: number
  readonly audit: number
  readonly witness: number
  readonly matcher: number
  readonly chain: number
}

/** The host that all parts of the demo listen on: this machine alone. */
export const LOOPBACK = '127.0.0.1'

/** Ports from a base: 7000 gives those of the README (7001 rider … 7545 chain). */
export function demoPorts(base: number): DemoPorts {
  return {
    rider: base + 1,
    driver: base + 2,
    authority: base + 3,
    relay1: base + 11,
    relay2: base + 12,
    audit: base + 20,
    witness: base + 21,
    matcher: base + 30,
    chain: base + 545,
  }
}

/**
 * Finds out that all ports are free before anything starts.
 * @throws {HexhailError} 'port-used', with the ports that are not
 */
export async function checkPortsFree(ports: DemoPorts): Promise<void> {
  const taken: string[] = []
  for (const [name, port] of Object.entries(ports) as [string, number][])
    if (!(await isFree(port))) taken.push(`${port} (${name})`)
  if (taken.length === 0) return
  const [noun, verb, pronoun] = taken.length === 1 ? ['Port', 'is', 'it'] : ['Ports', 'are', 'them']
  throw new HexhailError(
    'port-used',
    `${noun} ${taken.join(', ')} ${verb} in use: stop what listens there, or choose other ports ` +
      `instead of ${pronoun} with --port-base 8000.`,
    { taken },
  )
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
