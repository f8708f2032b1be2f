import { type DialBackOptions, dialBack } from '@hexhail/net/dial-back.ts'
import { type RelayAddr, relayAddr } from '@hexhail/net/reach.ts'
import { expect, test } from 'vitest'
import { inbox } from './swarm.ts'

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const target = (n: number, host: string, port = 443): RelayAddr => {
  const id = [...'0'.repeat(8)].map((_, i) => ALPHABET[Math.floor(n / 58 ** i) % 58]).join('')
  const addr = relayAddr(
    `/${/^[\d.]+$/.test(host) ? 'ip4' : 'dns4'}/${host}/tcp/${port}/ws/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6${id}`,
  )
  if (addr === undefined) throw new Error(host)
  return addr
}

/** A dial-back whose dials end when the test says so. */
function rig(more: Partial<DialBackOptions> = {}) {
  const dials = inbox<string>()
  const ends: ((isThere: boolean) => void)[] = []
  const clock = { now: 0 }
  const back = dialBack({
    own: () => 'public',
    now: () => clock.now,
    prove: ({ endpoint }) => {
      dials.put(endpoint)
      return new Promise(resolve => ends.push(resolve))
    },
    ...more,
  })
  const settled = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) await Promise.resolve()
  }
  return { back, dials, ends, clock, settled }
}

test('addresses inside a network are dialled only by relays that live in one', async () => {
  const inside = [target(1, '192.168.1.1'), target(1, '127.0.0.1'), target(1, '169.254.169.254')]
  for (const addr of inside) expect(rig().back.offer([addr], 'x')).toBe('reach')
  expect(rig({ own: () => 'private' }).back.offer([inside[1]!], 'x')).toBe('reach')
  const home = rig({ own: () => 'private' })
  expect(home.back.offer(inside, 'x')).toBe(null)
  expect(await home.dials.take(1)).toEqual(['192.168.1.1:443'])
})

test('a name that leads into our own network is not dialled', async () => {
  const asked = inbox<string>()
  const { back, dials, settled } = rig({
    resolve: async name => {
      asked.put(name)
      return name.startsWith('good') ? ['8.8.8.8'] : ['8.8.8.8', '10.0.0.1']
    },
  })
  expect(back.offer([target(1, 'evil.example.org')], 'x')).toBe(null)
  expect(back.offer([target(2, 'good.example.net')], 'x')).toBe(null)
  await asked.take(2)
  await settled()
  expect(dials.all).toEqual(['good.example.net:443'])
})

test('a flood of made-up relays dials a bounded number, of one network few', async () => {
  const { back, dials, clock, ends, settled } = rig()
  const codes = new Map<string, number>()
  const flood = (make: (i: number) => RelayAddr): void => {
    for (let i = 0; i < 2000; i++) {
      const code = back.offer([make(i)], `peer ${i % 50}`) ?? 'queued'
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
  }
  flood(i => target(i, '203.0.114.7', 1 + i))
  expect(codes.get('queued')).toBe(4)
  flood(i => target(i + 20_000, `${11 + (i % 80)}.${i % 250}.${i % 199}.1`))
  await settled()
  expect(dials.all).toHaveLength(4)
  for (let i = 0; i < ends.length; i++) {
    ends[i]!(false)
    await settled()
  }
  // The burst of 64 in an instant, whatever was offered.
  expect(dials.all.length).toBeLessThanOrEqual(64)
  const before = dials.all.length
  clock.now += 10_000
  flood(i => target(i + 40_000, `${101 + (i % 80)}.${i % 250}.${i % 199}.1`))
  for (let i = before; i < ends.length; i++) {
    ends[i]!(false)
    await settled()
  }
  expect(dials.all.length - before).toBeLessThanOrEqual(10)
})

test('a relay that is not there is tried again after waits that double to an hour', async () => {
  const { back, dials, ends, clock, settled } = rig({ limits: { perPrefix: { perS: 1, burst: 100 } } })
  const addr = target(1, '8.8.8.8')
  const waits: number[] = []
  for (let tries = 1; tries <= 10; tries++) {
    const fromMs = clock.now
    while (back.offer([addr], 'x') !== null) clock.now += 1000
    waits.push((clock.now - fromMs) / 1000)
    await dials.take(tries)
    ends.at(-1)!(false)
    await settled()
  }
  expect(waits).toEqual([0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
})
