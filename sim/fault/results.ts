import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const FOLDER = '.hexhail'
const FILE = `${FOLDER}/proof.json`

/** What each part of the proof last measured; null for what has not run here. */
const NONE: Readonly<Record<string, number | null>> = {
  reducerStates: null,
  trips: null,
  faults: null,
  violations: null,
  planted: null,
  plantedFound: null,
  matrixCells: null,
  realProcessCells: null,
  mutationScore: null,
  tripsPerS: null,
}

/** The figures so far. */
export function readResults(): Record<string, number | null> {
  try {
    return { ...NONE, ...JSON.parse(readFileSync(FILE, 'utf8')) }
  } catch {
    return { ...NONE }
  }
}

/** Puts in what a part has measured. */
export function noteResults(figures: Readonly<Record<string, number>>): void {
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(FILE, `${JSON.stringify({ ...readResults(), ...figures })}\n`)
}
