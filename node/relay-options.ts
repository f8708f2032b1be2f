import type { OptionTable } from './options.ts'

/** The options of `hexhail relay`. Limits: reference/trust.md section 4. */
export const RELAY_OPTIONS = {
  port: { kind: 'integer', value: 7011, min: 0, max: 65_535, help: 'WebSocket port; 0 takes a free one' },
  host: { kind: 'text', value: '0.0.0.0', shown: 'IP', help: 'address to listen on' },
  key: { kind: 'text', value: null, shown: 'FILE', help: 'keeps the 32-byte key, made when missing' },
  seen: { kind: 'text', value: null, shown: 'FILE', help: 'remembers messages over a restart: no replays' },
  peer: { kind: 'texts', shown: 'MULTIADDR', help: 'another relay, to find all the others by' },
  announce: { kind: 'texts', shown: 'MULTIADDR', help: 'address to give out instead of the own ones' },
  'chain-id': {
    kind: 'integer',
    value: 31_337,
    min: 1,
    max: 2 ** 48,
    help: 'chain whose topics are carried',
  },
  'tls-cert': { kind: 'text', value: null, shown: 'FILE', help: 'certificate and chain (PEM): wss, not ws' },
  'tls-key': {
    kind: 'text',
    value: null,
    shown: 'FILE',
    help: 'its private key; both are read again on change',
  },
  'webrtc-port': { kind: 'integer', value: null, min: 1, max: 65_535, help: 'UDP port for WebRTC-direct' },
  'webrtc-cert': { kind: 'text', value: 'webrtc.json', shown: 'FILE', help: 'keeps its certificate' },
  'metrics-port': {
    kind: 'integer',
    value: null,
    min: 0,
    max: 65_535,
    help: 'serves /metrics and /health; 0 takes a free one',
  },
  'metrics-host': { kind: 'text', value: '127.0.0.1', shown: 'IP', help: 'address they are served on' },
  'max-connections': { kind: 'integer', value: 2000, min: 1, max: 100_000, help: 'connections in all' },
  'max-reservations': { kind: 'integer', value: 2000, min: 0, max: 100_000, help: 'circuit reservations' },
  'max-per-ip': { kind: 'integer', value: 64, min: 1, max: 100_000, help: 'connections of one /24' },
  'new-per-ip': { kind: 'integer', value: 5, min: 1, max: 10_000, help: 'new ones of one /24 a second' },
  'circuit-bytes': {
    kind: 'integer',
    value: 64 * 1024 * 1024,
    min: 1024,
    max: 2 ** 40,
    help: 'that one circuit may carry',
  },
  'circuit-ms': {
    kind: 'integer',
    value: 12 * 3_600_000,
    min: 1000,
    max: 2 ** 31 - 1,
    help: 'that one circuit may last',
  },
  'message-rate': { kind: 'integer', value: 500, min: 1, max: 100_000, help: 'gossip messages a second' },
} as const satisfies OptionTable
