/**
 * Proves `contracts/proof/Ledger.sol` by solc's SMTChecker (CHC engine, the Z3 inside npm's solc):
 * `node contracts/tools/prove.ts`, minutes. One operation at a time, since each begins with any sound ledger, which
 * the constructor takes: that is the step of the induction. Then one check is taken out, and the rest must not be
 * provable, else the proof would say nothing.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { CONTRACTS } from './forge.ts'
import { record } from './recorded.ts'

/** What the checker said of all operations: conditions proved, and each that it could not prove or found false. */
export interface Proof {
  readonly operations: number
  readonly proved: number
  readonly open: readonly string[]
  readonly seconds: number
}

interface Message {
  readonly severity: string
  readonly message: string
  readonly formattedMessage: string
}

const PATH = join(CONTRACTS, 'proof', 'Ledger.sol')
const OPERATION = / {4}function (\w+)\([^)]*\) external kept \{\n[\s\S]*?\n {4}\}\n/g
/** The check that the broken variant lacks: what is due is at most what the trip holds. */
const CHECK = 'fare <= due && due <= held'

/** Asks the checker about one ledger. No time limit: with one the wasm build aborts. */
function ask(content: string): Message[] {
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string }
  const contracts = { 'Ledger.sol': ['Ledger'] }
  const modelChecker = {
    engine: 'chc',
    targets: ['assert'],
    contracts,
    showProvedSafe: true,
    showUnproved: true,
  }
  const input = { language: 'Solidity', sources: { 'Ledger.sol': { content } }, settings: { modelChecker } }
  const { errors = [] } = JSON.parse(solc.compile(JSON.stringify(input))) as { errors?: Message[] }
  const fatal = errors.find(({ severity }) => severity === 'error')
  if (fatal) throw new Error(fatal.formattedMessage)
  return errors.filter(({ message }) => message.startsWith('CHC'))
}

/** The proof of all operations; `only` of one. */
export function prove(source = readFileSync(PATH, 'utf8'), only?: string): Proof {
  const startMs = performance.now()
  const operations = [...source.matchAll(OPERATION)].filter(([, name]) => only === undefined || name === only)
  const open: string[] = []
  let proved = 0
  for (const [text, name] of operations) {
    const said = ask(source.replace(OPERATION, each => (each === text ? each : '')))
    const bad = said.filter(({ message }) => !/check is safe/.test(message))
    proved += said.length - bad.length
    open.push(...bad.map(({ formattedMessage }) => `${name}: ${formattedMessage}`))
    console.log(`${name}: ${said.length - bad.length} conditions proved, ${bad.length} open`)
  }
  const seconds = Math.round((performance.now() - startMs) / 1000)
  return { operations: operations.length, proved, open, seconds }
}

/** The same without one check: how many conditions are open then. */
export function proveBroken(): number {
  const source = readFileSync(PATH, 'utf8')
  if (source.split(CHECK).length !== 2) throw new Error(`«${CHECK}» does not stand once in ${PATH}.`)
  return prove(source.replace(CHECK, 'fare <= due'), 'settle').open.length
}

if (import.meta.main) {
  const proof = prove()
  console.log(`${proof.operations} operations, ${proof.proved} conditions proved, ${proof.open.length} open`)
  console.log(proof.open.join('\n'))
  const broken = proveBroken()
  console.log(`Without «${CHECK}»: ${broken} open`)
  const holds = proof.proved > 0 && proof.open.length === 0 && broken > 0
  record('proof', { ...proof, broken, holds })
  if (!holds) process.exitCode = 1
}
