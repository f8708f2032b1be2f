import { kernelBytes } from './kernel-bytes.ts'

/** The kernel's module; null where the engine has no WebAssembly SIMD, or the page's policy forbids to compile it. */
export function compileKernel(): WebAssembly.Module | null {
  const bytes = kernelBytes()
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(bytes)) return null
  try {
    return new WebAssembly.Module(bytes)
  } catch {
    return null
  }
}
