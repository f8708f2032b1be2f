import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { CONTRACTS, forge, ROOT } from './forge.ts'
import { LAYOUT, storageText } from './storage-layout.ts'

/** Where the chain room reads the contracts from. */
export const GENERATED = join(ROOT, 'chain', 'generated', 'abi.ts')

const EXPORTS = [
  ['FARE_VAULT', 'FareVault', 'Balances, holds and settlement of trips.'],
  ['FARE_DOLLAR', 'FareDollar', 'The test stablecoin.'],
  ['TARIFFS', 'Tariffs', 'The price lists of all authorities.'],
  ['PERMITS', 'Permits', 'Who may drive, by which authority.'],
  ['ANCHOR', 'Anchor', 'Checkpoints of append-only logs.'],
  ['VOUCHERS', 'Vouchers', 'What sponsors pay of fares.'],
  ['BONDS', 'Bonds', 'What drivers lose who do not come.'],
  ['KEY_BONDS', 'KeyBonds', 'Money beside session keys.'],
  ['RELAY_REGISTRY', 'RelayRegistry', 'Where relays are, by their own word.'],
] as const

/** Hash of everything that the generated file comes from: sources, compiler settings and pinned versions. */
export function sourcesHash(): string {
  const hash = createHash('sha256')
  const names = readdirSync(join(CONTRACTS, 'src'))
    .filter(name => name.endsWith('.sol'))
    .sort()
  const files = [...names.map(name => join('src', name)), 'foundry.toml', 'package.json', 'tools/build.ts']
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(CONTRACTS, file)))
      .update('\0')
  return hash.digest('hex')
}

/** The text of the generated file, from forge's artifacts in `contracts/out`. */
export function generate(): string {
  const parts = EXPORTS.map(([name, contract, doc]) => {
    const path = join(CONTRACTS, 'out', `${contract}.sol`, `${contract}.json`)
    const artifact = JSON.parse(readFileSync(path, 'utf8')) as { abi: object[]; bytecode: { object: string } }
    const abi = artifact.abi.map(
      entry => `  ${JSON.stringify(entry, (key, value) => (key === 'internalType' ? undefined : value))},`,
    )
    return (
      `/** ${doc} */\nexport const ${name}_ABI = [\n${abi.join('\n')}\n] as const\n\n` +
      `/** ${contract}, to deploy; a page imports \`${name}_ABI\` alone, which leaves the code out of its bundle. */\n` +
      `export const ${name} = {\n  abi: ${name}_ABI,\n  bytecode:\n    '${artifact.bytecode.object}',\n} as const\n`
    )
  })
  const head = '/** Written by `node contracts/tools/build.ts`: do not edit. */\n'
  return `${head}\n/** What this file was made from. */\nexport const SOURCES_HASH = '${sourcesHash()}'\n\n${parts.join('\n')}`
}

/** Compiles `src` and answers whether the committed file is what it should be; writes it unless `check`. */
export async function build(check: boolean): Promise<{ readonly ok: boolean; readonly output: string }> {
  const run = await forge(['build', 'contracts/src'])
  if (run.code !== 0) return { ok: false, output: run.output }
  const files = [
    [GENERATED, generate()],
    [LAYOUT, storageText([...EXPORTS.map(([, contract]) => contract), 'LeaseSplit'])],
  ] as const
  if (check) {
    const stale = files.find(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    const output = stale ? `${relative(ROOT, stale[0])} is stale: run \`node contracts/tools/build.ts\`.` : ''
    return { ok: !stale, output }
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  return {
    ok: true,
    output: files.map(([path, { length }]) => `${relative(ROOT, path)}: ${length} characters`).join('\n'),
  }
}

if (import.meta.main) {
  const { ok, output } = await build(process.argv.includes('--check'))
  console.log(output)
  if (!ok) process.exitCode = 1
}
