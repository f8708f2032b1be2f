/**
 * The network that an address lies in, as far as one party may own all of it: the /24 of an IPv4, the /48 of an IPv6
 * address, the last two labels of a name.
 */
export function networkPrefix(host: string): string {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return host.slice(0, host.lastIndexOf('.'))
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(host)?.[1]
  if (mapped !== undefined) return networkPrefix(mapped)
  if (host.includes(':')) return ip6Groups(host).slice(0, 3).join(':')
  return host.toLowerCase().replace(/\.$/, '').split('.').slice(-2).join('.')
}

/** The eight groups of an IPv6 address without leading zeros. */
function ip6Groups(host: string): string[] {
  const [head = '', tail] = host.toLowerCase().split('::')
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'))
  const before = groups(head)
  const after = groups(tail ?? '')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  return [...before, ...Array<string>(zeros).fill('0'), ...after].map(group => group.replace(/^0+(?=.)/, ''))
}
