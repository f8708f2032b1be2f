/**
 * Mutation run over `contracts/src`: `node contracts/tools/mutate.ts [--sample 150 | --all] [--only 17,18]`. Each mutant
 * is one small fault (`mutants.ts`); the tests should find it. Goes to the record unless `--only`.
 */
import { parseArgs } from 'node:util'
import { judge, prepare, writeCode } from './faulty-code.ts'
import { MARK, type Mutant, type Schemata, schemata } from './mutants.ts'
import { type Compiled, quickCompile, readSources, type Sources } from './quick-compile.ts'
import { record } from './recorded.ts'
import { reasonOf } from './surviving.ts'

/** What became of the mutants; `of` is how many there are, `mutants` how many were tried. */
export interface Mutation {
  readonly mutants: number
  readonly of: number
  readonly mutantsKilled: number
  /** Mutants that no test can find, since they do the same; counted as not killed all the same. */
  readonly equivalent: number
  readonly survivors: readonly { place: string; from: string; to: string; reason: string }[]
}

const SAMPLE = 150

/** Compiles all mutants at once; those that do not compile are taken out, until the rest does. */
function compileAll(sources: Sources): { readonly made: Schemata; readonly code: Compiled['code'] } {
  const { asts, errors } = quickCompile(sources, true)
  if (errors[0]) throw new Error(errors[0].message)
  const without = new Set<number>()
  for (;;) {
    const made = schemata(sources, asts, without)
    const compiled = quickCompile(made.sources)
    if (compiled.errors.length === 0) return { made, code: compiled.code }
    const before = without.size
    for (const { path, start, message } of compiled.errors) {
      const text = Buffer.from(made.sources[path] ?? '')
        .subarray(Math.max(0, start - 2))
        .toString()
      const id = /MUTANT\D+(\d+)/.exec(text.slice(0, 400))?.[1]
      if (id === undefined) throw new Error(message)
      without.add(Number(id))
    }
    if (without.size === before) throw new Error(compiled.errors[0]!.message)
  }
}

/** Every mutant once, in an order that is always the same and mixes the files. */
function shuffled(mutants: readonly Mutant[]): Mutant[] {
  let state = 0x48657868
  const key = () => (state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0
  return mutants
    .map(mutant => [key(), mutant] as const)
    .sort(([a], [b]) => a - b)
    .map(([, mutant]) => mutant)
}

/** Tries a sample, or with `Infinity` all. */
export async function mutate(sample = SAMPLE, only: readonly number[] = []): Promise<Mutation> {
  const sources = readSources()
  const { made, code } = compileAll(sources)
  const patch = (id: number) => (hex: string) => hex.replaceAll(MARK, id.toString(16).padStart(64, '0'))
  await prepare()
  writeCode(code, patch(0xffffff))
  const { failing } = await judge()
  if (failing) throw new Error(`${failing} fails without any fault.`)
  const chosen =
    only.length > 0
      ? made.mutants.filter(({ id }) => only.includes(id))
      : shuffled(made.mutants).slice(0, sample)
  const survivors: Mutation['survivors'][number][] = []
  for (const [i, { id, kind, place, from, to }] of chosen.entries()) {
    writeCode(code, patch(id))
    const verdict = await judge()
    console.log(
      `${i + 1}/${chosen.length} #${id} ${kind} ${place} ${from} → ${to}: ${verdict.failing ?? 'SURVIVES'}`,
    )
    if (verdict.failing) continue
    survivors.push({ place, from, to, reason: reasonOf({ place, from, to }, sources) })
  }
  return {
    mutants: chosen.length,
    of: made.mutants.length,
    mutantsKilled: chosen.length - survivors.length,
    equivalent: survivors.filter(({ reason }) => reason !== '').length,
    survivors,
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { sample: { type: 'string' }, all: { type: 'boolean' }, only: { type: 'string' } },
  })
  const only = values.only?.split(',').map(Number) ?? []
  const result = await mutate(values.all ? Number.POSITIVE_INFINITY : Number(values.sample ?? SAMPLE), only)
  if (only.length === 0) record('mutation', result)
  for (const { place, from, to, reason } of result.survivors)
    console.log(`survives: ${place} ${from} → ${to} (${reason || 'no reason known'})`)
  console.log(`${result.mutantsKilled} of ${result.mutants} mutants killed (there are ${result.of})`)
  if (result.mutantsKilled < result.mutants * 0.95) process.exitCode = 1
}
