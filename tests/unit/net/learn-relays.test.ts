import { type LearnOptions, learnRelays } from '@hexhail/net/learn-relays.ts'
import { expect, test } from 'vitest'

const PEERS = [
  '12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp',
  '12D3KooWHFrmLWTTDD4NodngtRMEVYgxrsDMp4F9iSwYntZ9WjHa',
  '12D3KooWJ5cQ1jGq1Tn1dm3EFPj1mQhLFXKKEzaeGKrGLELYJDZQ',
]
const at = (head: string, n: number): string => `${head}/tcp/443/tls/ws/p2p/${PEERS[n]}`

/** What a page learns of these sources; nothing is connected. */
async function learned(options: Pick<LearnOptions, 'given' | 'linked'> & { registry: readonly string[] }) {
  const added: string[] = []
  const asked = Promise.withResolvers<void>()
  const deaf = { addEventListener() {}, removeEventListener() {} }
  const parts = {
    node: deaf,
    router: { topicValidators: new Map(), subscribe() {} },
    keeper: { relays: [], add: (addr: string, source: string) => added.push(`${source} ${addr}`) > 0 },
  }
  const stop = learnRelays({
    ...(parts as unknown as Pick<LearnOptions, 'node' | 'router' | 'keeper'>),
    chainId: 31337,
    now: Date.now,
    given: options.given,
    linked: options.linked ?? [],
    registry: async () => options.registry,
    cache: { load: async () => [], save: async () => asked.resolve() },
  })
  await asked.promise
  stop()
  return added
}

const PUBLIC = at('/dns4/relay.example.org', 0)
const HOME = at('/ip4/192.168.1.1', 1)
const HERE = at('/ip4/127.0.0.1', 1)
const OTHER = at('/ip4/8.8.8.8', 2)

test('neither a link nor the registry makes a page of the open Internet dial inside its own network', async () => {
  const registry = [HOME, HERE, 'rubbish', OTHER]
  expect(await learned({ given: [PUBLIC], linked: [HOME, HERE], registry })).toEqual([`registry ${OTHER}`])
})

test('a page whose own relays are on this machine may dial there', async () => {
  const added = await learned({ given: [at('/ip4/127.0.0.1', 0)], linked: [HERE], registry: [OTHER] })
  expect(added).toEqual([`link ${HERE}`, `registry ${OTHER}`])
})

test('a page without a configured relay goes by its link', async () => {
  expect(await learned({ given: [], linked: [HOME], registry: [OTHER] })).toEqual([
    `link ${HOME}`,
    `registry ${OTHER}`,
  ])
})
