import { isLoopback } from './addresses.ts'
import { Buckets, type Rate } from './bucket.ts'
import { networkPrefix } from './network-prefix.ts'

/** Limits by the network that connections come from. */
export interface IpLimits {
  /** Connections of one network (the /24 of an IPv4, the /48 of an IPv6 address) at a time. */
  readonly maxPerIp: number
  /** New connections of one network. */
  readonly newPerIp: Rate
}

/** Counts connections by network; this machine itself is let in always. */
export interface IpGate {
  /** Whether one more connection from this IP may come in now. */
  admits(ip: string): boolean
  opened(ip: string): void
  closed(ip: string): void
}

/** Makes the gate: reference/trust.md section 4. */
export function ipGate({ maxPerIp, newPerIp }: IpLimits, now: () => number): IpGate {
  const open = new Map<string, number>()
  const fresh = new Buckets(newPerIp, now)
  const count = (ip: string, by: 1 | -1): void => {
    if (isLoopback(ip)) return
    const prefix = networkPrefix(ip)
    const left = (open.get(prefix) ?? 0) + by
    if (left <= 0) open.delete(prefix)
    else open.set(prefix, left)
  }
  return {
    admits: ip =>
      isLoopback(ip) || ((open.get(networkPrefix(ip)) ?? 0) < maxPerIp && fresh.take(networkPrefix(ip))),
    opened: ip => count(ip, 1),
    closed: ip => count(ip, -1),
  }
}
