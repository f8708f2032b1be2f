import { kernelOver } from './kernel-over.ts'
import { kernelTables } from './kernel-tables.ts'
import type { KernelInput, LabelKernel } from './label-kernel.ts'
import { wasmCore } from './wasm-core.ts'

/** A kernel in WebAssembly SIMD, of the module that `compileKernel` gives. */
export function createWasmKernel(module: WebAssembly.Module, input: KernelInput): LabelKernel {
  const tables = kernelTables(input)
  return kernelOver(wasmCore(module, tables), tables, input)
}
