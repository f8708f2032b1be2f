import type { TextFile } from './out-files.ts'

/** Begins a document of MDS 2.0 with one list in it. */
export const writeListBegin = (file: TextFile, name: string): void =>
  file.write(`{"version":"2.0.0","${name}":[\n`)

/** Bytes of the comma and the line that each row of it begins with; the first one has none. */
export const LIST_MARK = 2

/** Ends it. */
export const writeListEnd = (file: TextFile): void => file.write('\n]}\n')
