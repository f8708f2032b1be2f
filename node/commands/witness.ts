import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { ed25519Key } from '@hexhail/audit/log/ed25519.ts'
import { openFileDisk } from '@hexhail/audit/log/file-disk.ts'
import { NOTE_ALGORITHM, noteKeyFrom, noteSigner, vkeyOf } from '@hexhail/audit/log/note-key.ts'
import { isKeyName } from '@hexhail/audit/log/signed-note.ts'
import { openWitness } from '@hexhail/audit/log/witness.ts'
import { createWitnessHandler } from '@hexhail/audit/log/witness-http.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { command } from '../command.ts'
import { keyFromFile } from '../key-file.ts'
import { report, untilStopped } from '../parent.ts'
import { writeEvidence } from '../write-evidence.ts'

/** `hexhail witness`: signs logs that only grow. */
export const witnessCommand = command({
  usage: 'witness',
  about:
    'Watches logs: POST /add-checkpoint (C2SP tlog-witness), GET /latest?origin=…, GET /health. It signs a checkpoint of\n' +
    'a log only as the next of the one that it signed before. A log that signs two trees gives itself away: the proof is\n' +
    'written into DIR. Nobody needs to trust the machine that the log runs on, but one of its witnesses.',
  options: {
    name: { kind: 'text', value: 'witness.local', shown: 'NAME', help: 'name of the key: a domain of yours' },
    log: { kind: 'texts', shown: 'VKEY', help: 'key of a log to watch, as it prints it; again for more' },
    key: {
      kind: 'text',
      value: 'witness.key',
      shown: 'FILE',
      help: 'the key, 64 hex digits; made if absent',
    },
    dir: {
      kind: 'text',
      value: null,
      shown: 'DIR',
      help: 'what was signed last (beside the key if not given)',
    },
    port: { kind: 'integer', value: 7021, min: 0, max: 65_535, help: 'HTTP port; 0 takes a free one' },
    host: { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address to listen on' },
  },
  async run({ name, log, key: keyPath, dir, port, host }) {
    if (!isKeyName(name))
      throw new HexhailError('bad-value', `--name takes a name without spaces and plus signs, not «${name}».`)
    if (log.length === 0)
      throw new HexhailError(
        'no-log',
        'Name the logs to watch: --log VKEY, as «hexhail log serve» prints it.',
      )
    const logs = log.map(vkey => {
      const read = noteKeyFrom(vkey)
      if (read.verdict === 'accept' && read.value.algorithm === NOTE_ALGORITHM.log) return read.value
      throw new HexhailError('bad-value', `--log takes the key of a log (name+id+key), not «${vkey}».`)
    })
    const key = noteSigner(name, NOTE_ALGORITHM.witness, await ed25519Key(keyFromFile(keyPath)))
    const folder = dir ?? join(dirname(keyPath), 'witness')
    await using disk = openFileDisk(folder)
    const faults = (error: unknown): void => console.error(error)
    const witness = await openWitness({
      key,
      logs,
      disk,
      now: Date.now,
      onEquivocation: file => {
        const path = writeEvidence(folder, file)
        console.error(`${file.checkpoints[0].split('\n', 1)[0]} signed two trees: the proof is ${path}.`)
      },
    })
    const server = createServer(createWitnessHandler({ witness, now: Date.now, report: faults }))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve)
    })
    const { port: taken } = server.address() as AddressInfo
    report({ type: 'ready', data: { url: `http://${host}:${taken}`, vkey: vkeyOf(key) } })
    await untilStopped()
    server.close()
    server.closeAllConnections()
  },
})
