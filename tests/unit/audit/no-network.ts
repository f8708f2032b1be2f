/** Loaded before a program: every way out to a network throws. */
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

const deny = (): never => {
  throw new Error('no network here')
}
net.Socket.prototype.connect = deny
dgram.createSocket = deny
dns.lookup = deny as never
globalThis.fetch = deny
