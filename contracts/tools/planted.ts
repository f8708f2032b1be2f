/**
 * Puts each fault of `planted-bugs.ts` into the contracts and looks whether the tests find it:
 * `node contracts/tools/planted.ts`. Fails when one is not found, or no longer fits the sources.
 */
import { judge, prepare, writeCode } from './faulty-code.ts'
import { PLANTED_BUGS, type PlantedBug } from './planted-bugs.ts'
import { quickCompile, readSources } from './quick-compile.ts'
import { record } from './recorded.ts'

/** What became of the faults. */
export interface Planted {
  readonly plantedBugs: number
  readonly plantedCaught: number
  /** Each fault with the test that found it first, or null. */
  readonly by: Readonly<Record<string, string | null>>
}

function withBug({ find, put, name }: PlantedBug): Record<string, string> {
  const sources = readSources()
  const places = Object.entries(sources).filter(([, text]) => text.includes(find))
  const [path, text] = places[0] ?? ['', '']
  if (places.length !== 1 || text.split(find).length !== 2)
    throw new Error(`«${name}»: its place stands in ${places.length} files: ${places.map(([each]) => each)}.`)
  return { ...sources, [path]: text.replace(find, () => put) }
}

/** Plants all; the tests must pass without any fault. */
export async function planted(): Promise<Planted> {
  const variants = PLANTED_BUGS.map(bug => [bug, withBug(bug)] as const)
  await prepare()
  writeCode(quickCompile(readSources()).code)
  const { failing } = await judge()
  if (failing) throw new Error(`${failing} fails without any fault.`)
  const by: Record<string, string | null> = {}
  for (const [{ name }, sources] of variants) {
    const { code, errors } = quickCompile(sources)
    if (errors[0]) throw new Error(`«${name}» does not compile: ${errors[0].message}`)
    writeCode(code)
    const verdict = await judge()
    by[name] = verdict.failing
    console.log(`${verdict.failing ? 'found' : 'NOT FOUND'}: ${name} (${verdict.failing})`)
  }
  const found = Object.values(by).filter(test => test !== null)
  return { plantedBugs: PLANTED_BUGS.length, plantedCaught: found.length, by }
}

if (import.meta.main) {
  const result = await planted()
  record('planted', result)
  console.log(`${result.plantedCaught} of ${result.plantedBugs} planted bugs found`)
  if (result.plantedCaught !== result.plantedBugs) process.exitCode = 1
}
