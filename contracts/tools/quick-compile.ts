import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CONTRACTS, ROOT } from './forge.ts'
import { PLAIN } from './plain.ts'

/** Sources by their path in the repository. */
export type Sources = Readonly<Record<string, string>>

/** A node of solc's syntax tree: `src` is `start:length:file`, in bytes. */
export interface AstNode {
  readonly id: number
  readonly nodeType: string
  readonly src: string
  readonly [key: string]: unknown
}

/** What came out: creation code by contract, syntax trees by path, or the errors with the place of each. */
export interface Compiled {
  readonly code: ReadonlyMap<string, { readonly path: string; readonly creation: string }>
  readonly asts: ReadonlyMap<string, AstNode>
  readonly errors: readonly { readonly message: string; readonly path: string; readonly start: number }[]
}

interface Output {
  readonly errors?: readonly {
    readonly severity: string
    readonly formattedMessage: string
    readonly sourceLocation?: { readonly file: string; readonly start: number }
  }[]
  readonly contracts?: Record<string, Record<string, { evm?: { bytecode: { object: string } } }>>
  readonly sources?: Record<string, { ast: AstNode }>
}

/** The contracts' sources as they are. */
export function readSources(): Record<string, string> {
  const names = readdirSync(join(CONTRACTS, 'src'), { recursive: true, encoding: 'utf8' })
  const paths = names.filter(name => name.endsWith('.sol')).map(name => `contracts/src/${name}`)
  return Object.fromEntries(paths.sort().map(path => [path, readFileSync(join(ROOT, path), 'utf8')]))
}

/**
 * Compiles sources in memory with hardly any optimizer: about 1.5 s, for the runs that compile many variants. What a
 * constant is compared with stays in the code, even in inline assembly. `trees` asks for the syntax trees alone.
 */
export function quickCompile(sources: Sources, trees = false): Compiled {
  const solc = createRequire(import.meta.url)('solc') as {
    compile(input: string, callbacks: object): string
  }
  const optimizer = {
    ...PLAIN,
    details: { ...PLAIN.details, yulDetails: { stackAllocation: true, optimizerSteps: ':' } },
  }
  const wanted = trees ? { '': ['ast'] } : { '*': ['evm.bytecode.object'] }
  const settings = {
    remappings: ['@openzeppelin/contracts/=node_modules/@openzeppelin/contracts/'],
    evmVersion: 'osaka',
    optimizer,
    metadata: { bytecodeHash: 'none', appendCBOR: false },
    outputSelection: Object.fromEntries(Object.keys(sources).map(path => [path, wanted])),
  }
  const input = {
    language: 'Solidity',
    sources: Object.fromEntries(Object.entries(sources).map(([path, content]) => [path, { content }])),
    settings,
  }
  const read = (path: string) => ({ contents: readFileSync(join(ROOT, path), 'utf8') })
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as Output
  const code = new Map<string, { path: string; creation: string }>()
  for (const [path, contracts] of Object.entries(output.contracts ?? {}))
    for (const [name, { evm }] of Object.entries(contracts))
      if (evm && evm.bytecode.object !== '') code.set(name, { path, creation: evm.bytecode.object })
  return {
    code,
    asts: new Map(Object.entries(output.sources ?? {}).map(([path, { ast }]) => [path, ast])),
    errors: (output.errors ?? [])
      .filter(error => error.severity === 'error')
      .map(({ formattedMessage, sourceLocation }) => ({
        message: formattedMessage,
        path: sourceLocation?.file ?? '',
        start: sourceLocation?.start ?? -1,
      })),
  }
}
