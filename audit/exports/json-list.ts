import type { TextFile } from './out-files.ts'

/** Begins a document of MDS 2.0 with one list in it. */
export const writeListBegin = (file: TextFile, name: string): void =>
  file.write(`{"version":"2.0.0","${name}":[\n`)

/** Ends it. */
export const writeListEnd = (file: TextFile): void => file.write('\n]}\n')
