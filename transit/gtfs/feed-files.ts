import type { Complaints } from './complaint.ts'
import type { FeedLimits } from './feed-limits.ts'
import { type Inflate, type ZipEntry, zipEntries } from './unzip.ts'

/** Files of a feed by name, unpacked. */
export type FeedFiles = ReadonlyMap<string, Uint8Array>

/** Files that are read; others are left packed. */
const WANTED = /^[a-z_]+\.txt$|^locations\.geojson$/

/**
 * Take a feed's zip apart. Nothing is unpacked that says to be too big, and nothing beyond what it says, so a zip bomb
 * takes neither memory nor time.
 */
export function feedFiles(
  zip: Uint8Array,
  inflate: Inflate,
  limits: FeedLimits,
  complaints: Complaints,
): FeedFiles {
  const files = new Map<string, Uint8Array>()
  const tried = <T>(file: string, work: () => T): T | null => {
    try {
      return work()
    } catch (cause) {
      complaints.add('error', 'ZIP_DAMAGED', { file, value: cause instanceof Error ? cause.message : '' })
      return null
    }
  }
  const wanted: ZipEntry[] = (tried('', () => zipEntries(zip, inflate)) ?? []).filter(
    ({ name }) => WANTED.test(baseName(name)) && !name.startsWith('__MACOSX/'),
  )
  let sum = 0
  if (wanted.length > limits.files)
    complaints.add('error', 'ZIP_TOO_BIG', { value: `${wanted.length} files` })
  for (const entry of wanted.slice(0, limits.files)) {
    const file = baseName(entry.name)
    if (file !== entry.name) complaints.add('warning', 'FILE_FOLDER', { file, value: entry.name })
    if (files.has(file)) {
      complaints.add('error', 'FILE_TWICE', { file })
      continue
    }
    sum += entry.bytes
    if (entry.bytes > limits.fileBytes || sum > limits.bytes) {
      complaints.add('error', 'ZIP_TOO_BIG', { file, value: `${entry.bytes} bytes` })
      break
    }
    const body = tried(file, () => entry.unpack())
    if (body !== null) files.set(file, body)
  }
  return files
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
