/** Threat T17: seeded hostile inputs through the real decoders and the real check. `npm run bench -- fuzz` takes a million. */
import { expect, it } from 'vitest'
import { fuzz } from './fuzz-run.ts'

it('takes 80,000 hostile inputs without an exception, and lets none pass that nobody signed', async () => {
  const { faults, verdicts, inputs } = await fuzz(80_000, 1)
  expect(faults).toEqual([])
  expect([...verdicts.values()].reduce((sum, count) => sum + count, 0)).toBe(inputs)
  // The inputs reach every step, down to the last; a good message passes once.
  for (const said of ['topic', 'version', 'kind', 'expired', 'seen'])
    expect(verdicts.get(`ignore ${said}`), said).toBeGreaterThan(0)
  for (const said of ['size', 'offset', 'utf8', 'range', 'cell', 'life', 'place', 'signature', 'kind'])
    expect(verdicts.get(`reject ${said}`), said).toBeGreaterThan(0)
  expect(verdicts.get('accept')).toBeGreaterThan(5)
  expect(verdicts.get('decoded')).toBeGreaterThan(100)
}, 300_000)
