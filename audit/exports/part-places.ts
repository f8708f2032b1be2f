/** Parts of files that threads write themselves, each where the part before it ends: no bytes go from thread to thread. */
import { type TextFile, writeWhole } from './out-files.ts'

/** Files that get the parts of every batch as they are, one each. */
export interface Appends {
  readonly files: readonly TextFile[]
  /** Bytes that the first part of a file leaves out: the mark that stands between two rows. */
  readonly skip: number
}

/** The same for threads. Job n knows its places once `isKnown[n]` says so. */
export interface PartPlaces {
  readonly fds: readonly number[]
  readonly starts: readonly number[]
  readonly skip: number
  /** Where the parts of job n go: one number a file. */
  readonly at: Float64Array
  readonly isKnown: Int32Array
}

/** Places for so many jobs. */
export function sharePlaces({ files, skip }: Appends, jobs: number): PartPlaces {
  const places = files.map(file => file.place())
  const isKnown = new Int32Array(new SharedArrayBuffer(4 * (jobs + 1)))
  const at = new Float64Array(new SharedArrayBuffer(8 * files.length * (jobs + 1)))
  const starts = places.map(place => place.at)
  at.set(starts)
  isKnown[0] = 1
  return { fds: places.map(({ fd }) => fd), starts, skip, at, isKnown }
}

/** Waits for the places of a job, tells those of the next, and writes. @throws what writing throws */
export function writeParts(places: PartPlaces, job: number, parts: readonly Uint8Array[]): void {
  const { fds, starts, skip, at, isKnown } = places
  while (Atomics.load(isKnown, job) === 0) Atomics.wait(isKnown, job, 0)
  const files = fds.length
  const own = at.slice(job * files, (job + 1) * files)
  const cut = parts.map((part, k) => (own[k] === starts[k] ? part.subarray(skip) : part))
  for (let k = 0; k < files; k++) at[(job + 1) * files + k] = own[k]! + cut[k]!.length
  Atomics.store(isKnown, job + 1, 1)
  Atomics.notify(isKnown, job + 1)
  for (let k = 0; k < files; k++) writeWhole(fds[k]!, cut[k]!, own[k]!)
}

/** After the last job: the files go on behind it. */
export function endPlaces({ files }: Appends, { at }: PartPlaces): void {
  for (const [k, file] of files.entries()) file.wentOn(at[at.length - files.length + k]!)
}

/** The same with no other threads. */
export function createAppender({ files, skip }: Appends): (parts: readonly Uint8Array[]) => void {
  const isBegun = files.map(() => false)
  return parts => {
    for (const [k, file] of files.entries()) {
      const part = parts[k]!
      if (part.length === 0) continue
      file.writeBytes(isBegun[k] ? part : part.subarray(skip))
      isBegun[k] = true
    }
  }
}
