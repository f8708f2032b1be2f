import { kernelOver } from './kernel-over.ts'
import { kernelTables } from './kernel-tables.ts'
import type { KernelInput, LabelKernel } from './label-kernel.ts'
import { plainCore } from './plain-core.ts'

/** A kernel in TypeScript, for engines without WebAssembly SIMD. */
export function createPlainKernel(input: KernelInput): LabelKernel {
  const tables = kernelTables(input)
  return kernelOver(plainCore(tables), tables, input)
}
