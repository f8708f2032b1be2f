import type { Metrics, MultiaddrConnection } from '@libp2p/interface'

/** Bytes that crossed all connections of a node, as they are on the wire of its transports. */
export interface ByteCounter {
  readonly bytesIn: number
  readonly bytesOut: number
  /** Plugs into libp2p, which tells it of each connection. */
  readonly metrics: Metrics
}

/** The reading half of a connection, which its public type leaves out. */
interface Reading {
  onData(data: { readonly byteLength: number }): void
}

const SILENT = {
  update() {},
  increment() {},
  decrement() {},
  observe() {},
  reset() {},
  timer: () => () => {},
}

/** Counts bytes, and takes no other measure that libp2p offers. */
export function createByteCounter(): ByteCounter {
  const counted = { bytesIn: 0, bytesOut: 0 }
  const track = (connection: MultiaddrConnection): void => {
    // Not by its events: a listener that comes before the handshake's own would eat the first message.
    const reading = connection as MultiaddrConnection & Reading
    const onData = reading.onData.bind(reading)
    reading.onData = data => {
      counted.bytesIn += data.byteLength
      onData(data)
    }
    const send = connection.send.bind(connection)
    connection.send = data => {
      counted.bytesOut += data.byteLength
      return send(data)
    }
  }
  const silent = (): typeof SILENT => SILENT
  const metrics = {
    trackMultiaddrConnection: track,
    trackProtocolStream() {},
    registerMetric: silent,
    registerMetricGroup: silent,
    registerCounter: silent,
    registerCounterGroup: silent,
    registerHistogram: silent,
    registerHistogramGroup: silent,
    registerSummary: silent,
    registerSummaryGroup: silent,
    traceFunction: <F>(_: string, fn: F): F => fn,
    createTrace: () => undefined,
  }
  return Object.assign(counted, { metrics: metrics as unknown as Metrics })
}
