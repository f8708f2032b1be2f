import { join } from 'node:path'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { NOTE_ALGORITHM, noteSigner, vkeyOf } from '@hexhail/audit/log/note-key.ts'
import type { AppConfig } from '@hexhail/protocol/app-config.ts'
import { type DemoPorts, LOOPBACK } from './demo-ports.ts'
import { keyFromFile } from './key-file.ts'

/** The demo's public log: what its pages are told, and how its two processes are started. */
export interface DemoLog {
  readonly config: NonNullable<AppConfig['log']>
  /** Added to the options of `hexhail audit`. */
  readonly auditArgs: readonly string[]
  readonly witnessArgs: readonly string[]
}

/** Makes the keys of log and witness where there are none, in the audit node's folder. */
export async function demoLog(ports: DemoPorts, dir: string): Promise<DemoLog> {
  const at = (name: string): string => join(dir, name)
  const url = `http://${LOOPBACK}:${ports.audit}/log`
  const witnessUrl = `http://${LOOPBACK}:${ports.witness}`
  const [origin, witness] = [`${LOOPBACK}:${ports.audit}/log`, `${LOOPBACK}:${ports.witness}`]
  const vkeyIn = async (file: string, name: string, algorithm: number): Promise<string> =>
    vkeyOf(noteSigner(name, algorithm, await ed25519Key(keyFromFile(at(file)))))
  const vkey = await vkeyIn('log.key', origin, NOTE_ALGORITHM.log)
  const cosigner = await vkeyIn('witness.key', witness, NOTE_ALGORITHM.witness)
  const keyArgs = ['--port', String(ports.witness), '--key', at('witness.key'), '--dir', at('witness')]
  return {
    config: { url, vkey, witnesses: [cosigner] },
    auditArgs: ['--log-origin', origin, '--log-witness', `${witnessUrl} ${cosigner}`],
    witnessArgs: ['witness', '--name', witness, '--log', vkey, ...keyArgs],
  }
}
