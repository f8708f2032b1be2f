import { compileKernel } from './compile-kernel.ts'
import type { KernelInput, LabelKernel } from './label-kernel.ts'
import { createPlainKernel } from './plain-kernel.ts'
import { createWasmKernel } from './wasm-kernel.ts'

/** A kernel: in WebAssembly where its SIMD can be had, else in plain TypeScript. The answers are the same. */
export function createKernel(input: KernelInput): LabelKernel {
  const module = compileKernel()
  return module === null ? createPlainKernel(input) : createWasmKernel(module, input)
}
