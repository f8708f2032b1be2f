import { createHash } from 'node:crypto'
import { createHasher, type Hasher, JOB_WORDS } from '@hexhail/audit/hash/hasher.ts'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'

const ROOM = { bytes: 65_536, jobs: 400, runs: 100 }
const PLACE = 16_384

afterEach(() => {
  vi.restoreAllMocks()
})

/** A message: so many bytes, after the digest of the message before it in its run or not. */
type Message = readonly [length: number, isLinked: boolean]

/** The digests of runs of messages by a hasher, and by Node's own sha256; bytes come from `seed`. */
function digests(hasher: Hasher, runs: readonly (readonly Message[])[], seed: number) {
  const { bytes, jobs, ends, start } = hasher
  for (let i = 0; i < PLACE; i++) bytes[start + i] = (i * 167 + seed * 13 + (i >> 8)) & 255
  const wanted: string[] = []
  let [from, to] = [start, start + PLACE]
  runs.forEach((run, r) => {
    run.forEach(([length, asked], n) => {
      const isLinked = asked && n > 0
      const hash = createHash('sha256')
      if (isLinked) hash.update(Buffer.from(wanted.at(-1)!, 'hex'))
      jobs.set([isLinked ? to - 32 : 0, from, length, to], JOB_WORDS * wanted.length)
      wanted.push(hash.update(bytes.slice(from, from + length)).digest('hex'))
      from = start + ((from - start + length * 7 + 1) % (PLACE - 400))
      to += 32
    })
    ends[r] = wanted.length
  })
  hasher.hash(runs.length)
  const found = wanted.map((_, i) =>
    Buffer.from(bytes.slice(start + PLACE + 32 * i, start + PLACE + 32 * i + 32)).toString('hex'),
  )
  return { found, wanted }
}

function plainHasher(): Hasher {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  return createHasher(ROOM)
}

test('the digests are those of FIPS 180-4, at every length up to four blocks, linked or not', () => {
  const instance = vi.spyOn(WebAssembly, 'Instance')
  const hasher = createHasher({ ...ROOM, bytes: 65_536 })
  expect(instance).toHaveBeenCalledTimes(1) // or else this tests nothing of the kernel
  for (const isLinked of [false, true])
    for (let first = 0; first < 260; first += 65) {
      const runs = Array.from({ length: 65 }, (_, i): Message[] => [
        [3, false],
        [first + i, isLinked],
      ])
      const { found, wanted } = digests(hasher, runs, first)
      expect(found).toEqual(wanted)
    }
})

test('runs of any number of messages of any length come out as by Node, and the same without WebAssembly', () => {
  const message = fc.tuple(fc.nat(390), fc.boolean())
  const quick = createHasher(ROOM)
  const plain = plainHasher()
  fc.assert(
    fc.property(
      fc.array(fc.array(message, { maxLength: 9 }), { maxLength: 30 }),
      fc.nat(255),
      (runs, seed) => {
        const { found, wanted } = digests(quick, runs, seed)
        expect(found).toEqual(wanted)
        expect(digests(plain, runs, seed).found).toEqual(wanted)
      },
    ),
    { numRuns: 60 },
  )
})

test('where a page may not compile WebAssembly the digests are the same', () => {
  vi.spyOn(WebAssembly, 'Module').mockImplementation(function forbidden() {
    throw new WebAssembly.CompileError('Refused by the Content Security Policy.')
  })
  const { found, wanted } = digests(
    createHasher(ROOM),
    [
      [[5, false]],
      [],
      [
        [64, false],
        [20, true],
      ],
    ],
    1,
  )
  expect(found).toEqual(wanted)
})
