const PAGE = 65_536

/** Hands out the linear memory of a module, which grows; nothing is ever given back. Views die when it grows. */
export class WasmMemory {
  readonly #memory: WebAssembly.Memory
  #top: number

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory
    this.#top = memory.buffer.byteLength
  }

  /** Byte offset of `bytes` fresh bytes (zeros), on a multiple of 64. */
  take(bytes: number): number {
    const at = this.#top
    this.#top = Math.ceil((at + bytes) / 64) * 64
    const missing = this.#top - this.#memory.buffer.byteLength
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE))
    return at
  }

  /** Byte offset of a copy. */
  put(array: Uint8Array | Uint16Array | Uint32Array): number {
    const at = this.take(array.byteLength)
    this.bytes(at, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return at
  }

  /** Whether a view was made since memory grew last. */
  isPresent(view: Uint32Array): boolean {
    return view.buffer === this.#memory.buffer
  }

  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, at, length)
  }
  lanes(at: number, length: number): Uint16Array {
    return new Uint16Array(this.#memory.buffer, at, length)
  }
  doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#memory.buffer, at, length)
  }
  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.#memory.buffer, at, length)
  }
}
