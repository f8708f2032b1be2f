import { createBuckets, type Rate } from '@hexhail/protocol/limits.ts'
import { isLoopback } from './addresses.ts'
import { networkPrefix } from './network-prefix.ts'

/** Limits by the network that connections come from. */
export interface IpLimits {
  /** Connections of one network (the /24 of an IPv4, the /48 of an IPv6 address) at a time. */
  readonly maxPerIp: number
  /** New connections of one network. */
  readonly newPerIp: Rate
  /** IPs that are not counted: this machine's own unless told. */
  readonly isExempt?: ((ip: string) => boolean) | undefined
}

/** Counts connections by network; exempt IPs are let in always. */
export interface IpGate {
  /** Whether one more connection from this IP may come in now. */
  admits(ip: string): boolean
  opened(ip: string): void
  closed(ip: string): void
  /** The network that an IP is counted with; undefined for an exempt one. */
  networkOf(ip: string): string | undefined
}

/** Makes the gate: reference/trust.md section 4. */
export function ipGate({ maxPerIp, newPerIp, isExempt = isLoopback }: IpLimits, now: () => number): IpGate {
  const open = new Map<string, number>()
  const fresh = createBuckets(newPerIp)
  const networkOf = (ip: string): string | undefined => (isExempt(ip) ? undefined : networkPrefix(ip))
  const count = (ip: string, by: 1 | -1): void => {
    const prefix = networkOf(ip)
    if (prefix === undefined) return
    const left = (open.get(prefix) ?? 0) + by
    if (left <= 0) open.delete(prefix)
    else open.set(prefix, left)
  }
  return {
    admits: ip => {
      const prefix = networkOf(ip)
      return prefix === undefined || ((open.get(prefix) ?? 0) < maxPerIp && fresh.take(prefix, now()))
    },
    opened: ip => count(ip, 1),
    closed: ip => count(ip, -1),
    networkOf,
  }
}
