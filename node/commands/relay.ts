import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRelay } from '@hexhail/net/relay.ts'
import { authorOf } from '@hexhail/protocol/envelope.ts'
import { HexhailError } from '@hexhail/protocol/hexhail-error.ts'
import { createGossipLimits } from '@hexhail/protocol/limits.ts'
import { createSeen } from '@hexhail/protocol/seen.ts'
import { createGossipCheck } from '@hexhail/protocol/validate.ts'
import { command } from '../command.ts'
import { report, untilStopped } from '../parent.ts'

/** `hexhail relay`: passes on what passes the gossip check, and carries circuits between pages. */
export const relayCommand = command({
  usage: 'relay',
  about: 'Runs a relay. It knows no contents and keeps none; its peer id comes from the key file.',
  options: {
    port: { kind: 'integer', value: 7011, min: 0, max: 65_535, help: 'WebSocket port; 0 takes a free one' },
    host: { kind: 'text', value: '0.0.0.0', shown: 'IP', help: 'address to listen on' },
    key: { kind: 'text', value: null, shown: 'FILE', help: 'keeps the 32-byte key, made when missing' },
    peer: { kind: 'texts', shown: 'MULTIADDR', help: 'another relay of the city, to mesh with' },
    announce: { kind: 'texts', shown: 'MULTIADDR', help: 'address to give out instead of the own ones' },
    'chain-id': {
      kind: 'integer',
      value: 31_337,
      min: 1,
      max: 2 ** 48,
      help: 'chain whose topics are carried',
    },
  },
  async run({ port, host, key, peer, announce, 'chain-id': chainId }) {
    const check = createGossipCheck({
      now: Date.now,
      seen: createSeen(),
      limits: createGossipLimits(),
      chainId,
    })
    const relay = await createRelay({
      port,
      host,
      peers: peer,
      ...(announce.length > 0 && { announce }),
      ...(key !== null && { seed: keyFrom(key) }),
      validate: async (topic, data) => (await check(topic, data)).verdict,
      authorOf,
    })
    report({ type: 'ready', data: { addrs: relay.addrs } })
    await untilStopped()
    await relay.stop()
  },
})

/** The 32 bytes of a key file, which is made where there is none. */
function keyFrom(path: string): Uint8Array {
  let text: string
  try {
    text = readFileSync(path, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    text = randomBytes(32).toString('hex')
    writeFileSync(path, `${text}\n`, { mode: 0o600 })
  }
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex')
  throw new HexhailError('relay-key', `${path} holds no key of 64 hex digits: delete it and start again.`, {
    path,
  })
}
