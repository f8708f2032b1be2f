import { kernelBytes } from './kernel-bytes.ts'
import type { KernelInput, LabelKernel } from './label-kernel.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/** A kernel: in WebAssembly where the engine knows its SIMD, else in plain TypeScript. The answers are the same. */
export function createKernel(input: KernelInput): LabelKernel {
  const simd = typeof WebAssembly === 'object' && WebAssembly.validate(kernelBytes())
  return simd ? createWasmKernel(input) : createPlainKernel(input)
}
