/** A fault of the environment or of the caller, with a code the page can look a sentence up by. */
export class HexhailError<Code extends string = string> extends Error {
  override readonly name: string = 'HexhailError'
  readonly code: Code
  readonly data: Readonly<Record<string, unknown>>

  constructor(code: Code, message: string, data: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.data = data
  }
}
