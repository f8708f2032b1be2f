import { readFileSync } from 'node:fs'
import { lanesModule } from '@hexhail/audit/hash/build.ts'
import { kernelModule } from '@hexhail/streets/kernel/build.ts'
import { createKernel } from '@hexhail/streets/kernel/create-kernel.ts'
import { afterEach, expect, test, vi } from 'vitest'
import { seeded } from './grid-town.ts'
import { kernelTown } from './kernel-town.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('kernel-wasm.ts is what simd/*.as.ts compile to (else: npm run kernel)', async () => {
  const file = new URL('../../../streets/kernel/kernel-wasm.ts', import.meta.url)
  expect(await kernelModule()).toBe(readFileSync(file, 'utf8'))
})

test("lanes-wasm.ts, the audit's, is what its simd/*.as.ts compiles to, too", async () => {
  const file = new URL('../../../audit/hash/lanes-wasm.ts', import.meta.url)
  expect(await lanesModule()).toBe(readFileSync(file, 'utf8'))
})

test('where WebAssembly or its SIMD is missing or forbidden the plain kernel answers, and the same', () => {
  const town = kernelTown(50, seeded(13))
  const times = town.times(town.graph.weights)
  const instance = vi.spyOn(WebAssembly, 'Instance')
  const check = (): void => {
    const kernel = createKernel(town.input)
    kernel.customise({ moveUnits: town.graph.weights })
    times[7]!.forEach((t, s) => {
      expect(kernel.distance(7, s)).toBe(Math.min(t, 0xffff))
    })
  }
  check()
  expect(instance).toHaveBeenCalledTimes(1)
  const compile = vi.spyOn(WebAssembly, 'Module').mockImplementation(function forbidden() {
    throw new WebAssembly.CompileError('Refused by the Content Security Policy.')
  })
  check()
  compile.mockRestore()
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false)
  check()
  vi.stubGlobal('WebAssembly', undefined)
  check()
  expect(instance).toHaveBeenCalledTimes(1)
  vi.restoreAllMocks()
})
